"""The files that belong to the page: exactly those that the installed packages came with.

Solara's own route for them deletes a folder that is asked for and fetches from outside what is
missing. Here a path is looked up in a table that is made once, from what the packages themselves
list; nothing that somebody has put beside them since is in it, and nothing is ever written.
"""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path, PurePosixPath

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

PACKAGES = ("solara-assets", "solara-server", "solara-ui", "ipyvue", "ipyvuetify")
ROUTES = {
    "share/solara/cdn/": "/_solara/cdn/",
    "share/jupyter/nbextensions/": "/jupyter/nbextensions/",
    "solara/server/assets/": "/static/assets/",
    "solara/server/static/": "/static/",
}
"""Where the files of a package are found by a page."""
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""What a page may load; the packages hold sources, notes and scripts besides."""
PACKED = {".css", ".js", ".json", ".svg", ".ttf"}
KEPT = 64  # files whose packed bytes are kept: a page loads about twenty


@dataclass(frozen=True)
class Asset:
    """A file as it goes over the wire."""

    kind: str
    plain: bytes
    packed: bytes | None
    tag: str


class Assets:
    """The files that a page may load, by path."""

    def __init__(self) -> None:
        self._places = dict(shipped())

    def __contains__(self, path: str) -> bool:
        return path in self._places

    async def answer(self, request: Request) -> Response:
        """One of them; 404 once somebody has deleted it."""
        place = self._places[request.url.path]
        try:
            asset = await to_thread.run_sync(read, place)
        except OSError:
            return Response(status_code=404)
        headers = {"etag": asset.tag, "cache-control": "no-cache", "vary": "accept-encoding"}
        if request.headers.get("if-none-match") == asset.tag:
            return Response(status_code=304, headers=headers)
        content = asset.plain
        if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            content = asset.packed
            headers["content-encoding"] = "gzip"
        return Response(content, media_type=asset.kind, headers=headers)


def shipped() -> Iterator[tuple[str, Path]]:
    """Path of the page, and file, of everything that it may load."""
    for package in PACKAGES:
        try:
            listed = files(package) or []
        except PackageNotFoundError:
            continue
        for file in listed:
            name = PurePosixPath(file).as_posix()
            for folder, route in ROUTES.items():
                _, found, rest = name.partition(folder)
                if found and PurePosixPath(rest).suffix in KINDS:
                    yield route + rest, Path(str(file.locate()))
                    break


@lru_cache(maxsize=KEPT)
def read(place: Path) -> Asset:
    """Read a file, and pack what becomes smaller by it.

    Raises:
        OSError: It cannot be read.
    """
    plain = place.read_bytes()
    packed = gzip.compress(plain, 6, mtime=0) if place.suffix in PACKED else None
    tag = f'"{hashlib.sha256(plain).hexdigest()[:32]}"'
    return Asset(KINDS[place.suffix], plain, packed, tag)
