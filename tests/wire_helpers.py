"""Asking a served window as programs do that are no browsers, and mean no good."""

import http.client
import json
import struct
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect

PATIENCE = 30.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Wire:
    """A served window.

    Attributes:
        url: Where it is.
        process: That serves it.
        log: What it prints.
        key: Lets people in; "" if nobody needs one.
    """

    url: str
    process: int
    log: Path
    key: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(
        self, path: str = "/", method: str = "GET", come_from: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """Ask for a path as it stands; `Sec_Fetch_Site` is the header `Sec-Fetch-Site`."""
        source = (come_from, 0)
        link = http.client.HTTPConnection("127.0.0.1", self.port, PATIENCE, source)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            link.putrequest(method, path, skip_host="Host" in named, skip_accept_encoding=True)
            for name, value in named.items():
                link.putheader(name, value)
            link.endheaders()
            answer = link.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            link.close()

    def enter(self, come_from: str = "127.0.0.1") -> str:
        """Open the page; the cookies that it gives."""
        cookies = ""
        if self.key:
            answer = self.ask(f"/?key={self.key}", come_from=come_from)
            assert answer.status == 303
            cookies = bare(answer.headers["set-cookie"]) + "; "
        answer = self.ask("/", come_from=come_from, Cookie=cookies)
        assert answer.status == 200, answer.text
        return cookies + bare(answer.headers["set-cookie"])

    def connect(
        self,
        cookies: str,
        page: str = "",
        come_from: str = "127.0.0.1",
        origin: str | None = "",
        **options: Any,
    ) -> ClientConnection:
        """The socket of a page; `origin` is ours unless told."""
        page = page or str(uuid.uuid4())
        path = f"/jupyter/api/kernels/{page}/channels?session_id={uuid.uuid4()}"
        return connect(
            f"ws://{self.host}{path}",
            origin=f"http://{self.host}" if origin == "" else origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": cookies},
            source_address=(come_from, 0),
            open_timeout=PATIENCE,
            proxy=None,
            **options,
        )

    def memory(self) -> float:
        """What the server holds, MB."""
        status = Path(f"/proc/{self.process}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def bare(cookie: str) -> str:
    return cookie.partition(";")[0]


def packed(told: Any, *parts: bytes) -> bytes:
    """A binary message: how many parts, where they begin, the parts."""
    pieces = [json.dumps(told).encode(), *parts]
    places = [4 * (len(pieces) + 1)]
    for piece in pieces[:-1]:
        places.append(places[-1] + len(piece))
    return struct.pack(f"!{len(pieces) + 1}I", len(pieces), *places) + b"".join(pieces)
