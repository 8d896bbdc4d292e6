"""Starting the server."""

import time
import webbrowser
from typing import Any

import pytest

from viz.guard import serve


def test_the_browser_opens_once_the_page_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(time, "sleep", lambda _: None)

    class Server:
        asked = 0

        @property
        def started(self) -> bool:
            self.asked += 1
            return self.asked > 2

    server: Any = Server()
    serve._open(server, "page")
    assert opened == ["page"]
    assert server.asked == 3
