"""Who asks, under which name, from which page."""

import ipaddress
import socket
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

HERE = {"localhost", "127.0.0.1", "::1"}
PASSED_ON = {
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "cookie",
    "host",
    "origin",
    "upgrade",
    "user-agent",
}
"""What Solara gets to see of a request; it takes the word of any proxy that others name."""


@dataclass(frozen=True)
class Visit:
    """A request, or a socket that is to be opened.

    Attributes:
        scope: As the server made it.
        connection: The same, to be read.
    """

    scope: Scope
    connection: HTTPConnection

    @classmethod
    def of(cls, scope: Scope) -> "Visit":
        """Read what the server has received."""
        return cls(scope, HTTPConnection(scope))

    @property
    def address(self) -> str:
        """Whose it is."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    @property
    def path(self) -> str:
        """What is asked for, decoded once."""
        return str(self.scope["path"])

    @property
    def method(self) -> str:
        """GET, HEAD...; of a socket too."""
        return str(self.scope.get("method", "GET"))

    @property
    def headers(self) -> Headers:
        """What the browser says of itself."""
        return self.connection.headers

    def named(self, *, shared: bool) -> bool:
        """Whether we were called by a name of our own.

        A web site can let a name of its own point at this machine, and its pages would then be of
        one origin with ours. It cannot choose what the browser calls us, though: that is its name.
        """
        if len(self.headers.getlist("host")) != 1:
            return False
        name = host_name(self.headers["host"])
        if name in HERE:
            return True
        server = self.scope.get("server")
        return shared and (name == (server and server[0]) or name in names())

    def foreign(self) -> bool:
        """Whether a page of another origin sent it, other than by a link to a page of ours."""
        origin = self.headers.get("origin")
        if origin is not None:
            return origin != f"http://{self.headers.get('host')}"
        if self.scope["type"] == "websocket":
            return True  # a browser always says from where it opens a socket
        if self.headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
            return self.method == "POST"
        followed = self.headers.get("sec-fetch-mode") == "navigate"
        return not (followed and self.headers.get("sec-fetch-dest") == "document")

    def passed_on(self) -> Scope:
        """The scope without what Solara must not believe."""
        kept = [
            (name, value)
            for name, value in self.scope["headers"]
            if name.decode("latin-1") in PASSED_ON or name.startswith(b"sec-websocket-")
        ]
        return {**self.scope, "headers": kept, "root_path": ""}


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets; "" if it is none."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 (it raises if it is none)
    except ValueError:
        return ""
    name = (parts.hostname or "").rstrip(".")
    odd = parts.username is not None or parts.path or parts.query or parts.fragment
    return "" if odd else name


@cache
def names() -> frozenset[str]:
    """What this machine is called in its network."""
    name = socket.gethostname().lower()
    known = {name, f"{name.partition('.')[0]}.local", socket.getfqdn().lower()}
    return frozenset(one for one in known if one and not _number(one))


def _number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
