"""Serving the window behind the guard."""

import os
import threading
import time
import webbrowser
from collections.abc import Container
from contextlib import suppress

from starlette.types import Receive, Scope, Send
from uvicorn import Config, Server

from viz.guard import pages
from viz.guard.connection import Connection
from viz.guard.frames import LARGEST
from viz.guard.gate import Guard
from viz.guard.invite import INVITE, SHARED

PATIENCE = 3  # seconds that open pages have to say goodbye


class Contexts:
    """The pages that Solara holds."""

    def ids(self) -> Container[str]:
        """Pages that it keeps a state for."""
        from solara.server.kernel_context import contexts

        ids: Container[str] = contexts.keys()
        return ids

    def session(self, page: str) -> str | None:
        """The cookie that a page belongs to; None if there is no such page."""
        from solara.server.kernel_context import contexts

        context = contexts.get(page)
        return None if context is None else str(context.session_id)


def serve(host: str, port: int, key: str = "", address: str = "", page: str = "") -> bool:
    """Serve the app that SOLARA_APP names until this process is interrupted.

    Args:
        host: From where it can be opened.
        port: Is free.
        key: What lets others in; "" if nobody else can reach it.
        address: Where others reach it, such as "http://192.168.1.7:8765".
        page: What to open in a browser once it is served; "" for nothing.

    Returns:
        Whether it was served at all.
    """
    from solara.server import starlette

    async def invite(scope: Scope, receive: Receive, send: Send) -> None:
        await pages.invitation(address, key)(scope, receive, send)

    own = {INVITE: invite} if key else {}
    os.environ[SHARED] = "1" if key else ""
    server = Server(
        Config(
            Guard(starlette.app, Contexts(), key, f"kernegotiate-{port}", own),
            host=host,
            port=port,
            loop="asyncio",
            http=Connection,
            ws="websockets-sansio",
            ws_max_size=LARGEST,
            ws_per_message_deflate=False,  # a small message could unfold into a large one
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_level="error",
            timeout_graceful_shutdown=PATIENCE,
        )
    )
    if page:
        threading.Thread(target=_open, args=(server, page), daemon=True).start()
    with suppress(KeyboardInterrupt):
        server.run()
    return bool(server.started)


def _open(server: Server, page: str) -> None:
    """Open a page as soon as it is served."""
    while not server.started:
        time.sleep(0.1)
    webbrowser.open(page)
