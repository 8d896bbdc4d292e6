"""The guard: what reaches Solara's server, and what does not."""

import re
from asyncio import sleep
from collections.abc import Container, Mapping, Sequence
from typing import Protocol
from urllib.parse import urlencode
from weakref import WeakValueDictionary

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from viz.guard import pages
from viz.guard.assets import Assets
from viz.guard.budget import Budget
from viz.guard.frames import FrameError, check
from viz.guard.key import cookie_of, same
from viz.guard.sessions import Sessions
from viz.guard.turns import Turn
from viz.guard.visit import Visit

ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SOCKET = re.compile(rf"/jupyter/api/kernels/({ID})/channels")
CLOSING = re.compile(rf"/_solara/api/close/({ID})")
ONE = re.compile(ID)
LONGEST = 4096  # characters of path and query: a link that changes every setting has 2,000
MUCH = 16_384  # bytes of headers; other programs on this machine have cookies, too
SESSION = "solara-session-id"
WAIT = 60  # seconds after which somebody who came too often may try again
REFUSED = 1008  # what a socket is told on closing: against the rules


class Kept(Protocol):
    """What the window holds of its pages."""

    def ids(self) -> Container[str]:
        """Pages that it keeps a state for."""

    def session(self, page: str) -> str | None:
        """The cookie that a page belongs to; None if there is no such page."""


class Guard:
    """An ASGI application in front of the window.

    Plain pages of our own are served behind it too, with the same key and the same checks: any
    application of Starlette, by the first part of its path.

    Args:
        window: Solara's application.
        kept: What the window holds of its pages.
        key: What lets people in; "" if only this machine can reach the window.
        cookie: Name under which browsers keep it.
        own: Pages of our own, by first part of the path, such as "/invite".
    """

    def __init__(
        self,
        window: ASGIApp,
        kept: Kept,
        key: str = "",
        cookie: str = "kernegotiate",
        own: Mapping[str, ASGIApp] | None = None,
    ) -> None:
        self._window, self._kept, self._own = window, kept, dict(own or {})
        self._key, self._cookie = key, cookie
        self._assets = Assets()
        self._sessions = Sessions(kept.ids)
        self._tries = Budget(20, 1 / 6)  # of the key: who mistypes has enough
        self._opened = Budget(40, 1)  # pages, each of which the server has to write
        self._turns: WeakValueDictionary[str, Turn] = WeakValueDictionary()
        self._frames = Budget(400, 60)  # of one socket; a slider that is dragged sends 30 a second

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the window answer."""
        if scope["type"] == "lifespan":
            await self._window(scope, receive, send)
            return
        visit = Visit.of(scope)
        if scope["type"] == "websocket":
            await self._connect(visit, receive, send)
        else:
            answer = await self._answer(visit)
            await answer(visit.passed_on(), receive, treated(send))

    async def _answer(self, visit: Visit) -> ASGIApp:
        """What answers a request."""
        refused = self._refused(visit)
        if refused is not None:
            return refused
        if visit.path in self._assets:
            return await self._asset(visit)
        first = f"/{visit.path.split('/')[1]}"
        if first in self._own:
            return self._own[first]
        if visit.path == "/":
            return self._page(visit)
        if visit.method == "POST" and (closing := CLOSING.fullmatch(visit.path)):
            return self._close(visit, closing[1])
        return pages.refusal(404, "nothing")

    def _refused(self, visit: Visit) -> ASGIApp | None:
        """An answer to whom nothing is shown; None if all is well."""
        if not visit.named(shared=bool(self._key)):
            return pages.refusal(421, "misnamed")
        if len(visit.path) + len(visit.scope["query_string"]) > LONGEST:
            return pages.refusal(414, "nothing")
        if sum(len(name) + len(value) for name, value in visit.scope["headers"]) > MUCH:
            return pages.refusal(431, "nothing")
        if visit.method not in {"GET", "HEAD", "POST"}:
            return Response(status_code=405, headers={"allow": "GET, HEAD, POST"})
        if visit.foreign():
            return Response("This belongs to another page.\n", 403)
        return None if self._known(visit) else self._ask(visit)

    def _known(self, visit: Visit) -> bool:
        """Whether somebody has shown the key."""
        return not self._key or same(
            visit.connection.cookies.get(self._cookie, ""), cookie_of(self._key)
        )

    def _ask(self, visit: Visit) -> Response:
        """Take a key, or ask for it."""
        query = [*visit.connection.query_params.multi_items()]
        given = dict(query).get("key")
        if given is None or visit.method != "GET":
            return pages.refusal(403, "needs_key", form=True)
        if not self._tries.take(visit.address):
            return pages.refusal(429, "often", wait=WAIT)
        if not same(given, self._key):
            return pages.refusal(403, "wrong_key", form=True)
        answer = _without_key(query)
        answer.set_cookie(
            self._cookie, cookie_of(self._key), max_age=7 * 86400, httponly=True, samesite="lax"
        )
        return answer

    async def _asset(self, visit: Visit) -> Response:
        if visit.method == "POST":
            return Response(status_code=405, headers={"allow": "GET, HEAD"})
        return await self._assets.answer(Request(visit.scope))

    def _page(self, visit: Visit) -> ASGIApp:
        """The page of the window; pages that are open ask for its head to see whether we live."""
        if visit.method == "HEAD":
            return Response()
        if visit.method == "POST":
            return Response(status_code=405, headers={"allow": "GET, HEAD"})
        query = [*visit.connection.query_params.multi_items()]
        if "key" in dict(query):
            return _without_key(query)
        if self._sessions.full(visit.address):
            return pages.refusal(503, "full", wait=WAIT)
        if not self._opened.take(visit.address):
            return pages.refusal(429, "often", wait=WAIT)
        return self._window

    def _close(self, visit: Visit, page: str) -> ASGIApp:
        """Forget a page that says goodbye, if it is theirs."""
        theirs = visit.connection.cookies.get(SESSION)
        named = ONE.fullmatch(visit.connection.query_params.get("session_id", ""))
        if not named or not theirs or self._kept.session(page) != theirs:
            return Response(status_code=204)
        return self._window

    async def _connect(self, visit: Visit, receive: Receive, send: Send) -> None:
        """Let a page of ours talk to the window."""
        found = SOCKET.fullmatch(visit.path)
        theirs = visit.connection.cookies.get(SESSION)
        owner = self._kept.session(found[1]) if found else None
        if (
            self._refused(visit) is not None
            or found is None
            or not theirs
            or owner not in {None, theirs}
            or not ONE.fullmatch(visit.connection.query_params.get("session_id", ""))
            or not self._sessions.enter(found[1], visit.address)
        ):
            await receive()
            await send({"type": "websocket.close", "code": REFUSED})
            return
        turn = self._turns.setdefault(visit.address, Turn())
        line = Line(receive, send, self._frames, found[1], turn)
        try:
            await self._window(visit.passed_on(), line.receive, line.send)
        finally:
            line.done()
            self._sessions.leave(found[1])


class Line:
    """A socket whose messages are looked at before the window sees them.

    Args:
        receive: Of the server.
        send: Of the server.
        budget: How many messages are taken at once; the others wait.
        page: Whose it is.
        turn: Held while the window is at work on a message; it asks for the next when it is done.
    """

    def __init__(self, receive: Receive, send: Send, budget: Budget, page: str, turn: Turn) -> None:
        self._receive, self._send = receive, send
        self._budget, self._page = budget, page
        self._turn, self._at_work = turn, False
        self._closed = False

    async def receive(self) -> Message:
        """The next message, or the end."""
        self.done()
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        try:
            check(message.get("text") or message.get("bytes") or "")
        except FrameError as error:
            await self.send({"type": "websocket.close", "code": REFUSED, "reason": str(error)})
            return {"type": "websocket.disconnect", "code": REFUSED}
        await sleep(self._budget.owe(self._page))
        await self._turn.take()
        self._at_work = True
        return message

    def done(self) -> None:
        """The window is done with the last message."""
        if self._at_work:
            self._at_work = False
            self._turn.give()

    async def send(self, message: Message) -> None:
        """Pass a message on, unless the socket has been closed."""
        if self._closed:
            return
        self._closed = message["type"] == "websocket.close"
        await self._send(message)


def treated(send: Send) -> Send:
    """Tell the browser how to treat an answer; the window's own cookie is for the server alone."""

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in pages.TREATED.items():
                headers.setdefault(name, value)
            cookies = [
                f"{cookie.partition(';')[0]}; Path=/; HttpOnly; SameSite=Lax"
                if cookie.startswith(f"{SESSION}=")
                else cookie
                for cookie in headers.getlist("set-cookie")
            ]
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", cookie)
        await send(message)

    return send_on


def _without_key(query: Sequence[tuple[str, str]]) -> RedirectResponse:
    """The same page, at an address that can be shown around."""
    rest = urlencode([one for one in query if one[0] != "key"])
    return RedirectResponse(f"/?{rest}" if rest else "/", 303, {"cache-control": "no-store"})
