"""What the window answers to whoever is not its page: over the wire, to the server that ships."""

import gzip
import json
import struct
import sysconfig
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from tools.wire import message
from viz.guard.assets import shipped
from viz.guard.frames import LARGEST
from viz.guard.sessions import OF_ONE
from wire_helpers import Wire, packed

pytestmark = pytest.mark.slow
ASSETS = Path(sysconfig.get_path("data"), "share", "solara", "cdn")
LOADED = (
    "/_solara/cdn/requirejs@2.3.6/require.js",
    "/_solara/cdn/echarts@5.4.0/dist/echarts.js",
    "/static/main-vuetify.js",
    "/static/assets/favicon.svg",
    "/jupyter/nbextensions/jupyter-vue/nodeps.js",
)


@pytest.fixture
def decoy() -> Iterator[Path]:
    """A folder beside the assets with a file that did not come with them."""
    folder = ASSETS / f"decoy-{uuid.uuid4()}"
    folder.mkdir()
    (folder / "__main.js").write_text("decoy")
    (folder / "dist").mkdir()
    yield folder
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def test_what_the_page_loads_is_served(alone: Wire) -> None:
    for path in LOADED:
        plain, small = alone.ask(path), alone.ask(path, Accept_Encoding="gzip")
        assert (plain.status, small.status) == (200, 200)
        assert plain.body == dict(shipped())[path].read_bytes()
        assert gzip.decompress(small.body) == plain.body
        tag = plain.headers["etag"]
        assert alone.ask(path, If_None_Match=tag).status == 304


def test_folders_of_assets_are_neither_deleted_nor_filled_nor_shown(
    alone: Wire, decoy: Path
) -> None:
    before = sorted(ASSETS.iterdir())
    for path in (
        f"/_solara/cdn/{decoy.name}",
        f"/_solara/cdn/{decoy.name}/",
        f"/_solara/cdn/{decoy.name}/dist",
        f"/_solara/cdn/{decoy.name}/__main.js",
        f"/_solara/cdn/{decoy.name}%2fdist",
        f"/_solara/cdn//{decoy.name}/dist",
        f"/_solara/cdn/requirejs@2.3.6/../{decoy.name}/dist",
        f"/_solara/cdn/requirejs@2.3.6/%2e%2e/{decoy.name}/dist",
        f"/_solara/cdn/..%5c{decoy.name}",
        "/_solara/cdn/left-pad@1.3.0/index.js",
        "/_solara/cdn/left-pad",
        "/_solara/cdn/",
        "/_solara/cdn",
    ):
        assert alone.ask(path).status == 404, path
        assert alone.ask(path, "POST", Origin=alone.url).status == 404, path
    assert sorted(ASSETS.iterdir()) == before
    assert (decoy / "dist").is_dir()


@pytest.mark.parametrize(
    "path",
    [
        "/resourcez",
        "/resourcez?verbose",
        "/readyz",
        "/jupyter/api/kernels/x",
        "/static/solara_bootstrap.py",
        "/static/",
        "/static/assets/",
        "/static/assets/../../server.py",
        "/static/..%2f..%2fserver.py",
        "//static/main-vuetify.js",
        "/static//main-vuetify.js",
        "/STATIC/main-vuetify.js",
        "/static/main-vuetify.js%00",
        "/static/public/x",
        "/_solara/api/evict/x",
        "/invite",
        "/somewhere",
        "/favicon.ico",
    ],
)
def test_nothing_else_is_there(alone: Wire, path: str) -> None:
    answer = alone.ask(path)
    assert answer.status == 404
    assert "There is nothing here." in answer.text
    assert "Ở đây không có gì." in answer.text


def test_every_answer_tells_the_browser_how_to_treat_it(alone: Wire) -> None:
    for path, method in (("/", "GET"), ("/", "HEAD"), (LOADED[0], "GET"), ("/x", "GET")):
        headers = alone.ask(path, method).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "default-src '" in headers["content-security-policy"]
        assert "server" not in headers
    assert "frame-ancestors 'none'" in alone.ask("/").headers["content-security-policy"]
    cookie = alone.ask("/").headers["set-cookie"]
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "HAX"])
def test_other_methods(alone: Wire, method: str) -> None:
    assert alone.ask("/", method).status == 405
    assert alone.ask(LOADED[0], method).status == 405


def test_long_requests(alone: Wire) -> None:
    assert alone.ask("/?" + "x" * 5000).status == 414
    for many in ({"Cookie": "x" * 100_000}, {"X_Long": "x" * 100_000}):
        assert alone.ask("/", **many).status in {400, 431}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("localhost@evil.example", 421),
        ("evil.example#localhost", 421),
        ("192.168.1.7", 421),
        ("", 421),
        ("localhost:x", 421),
        ("[", 421),
    ],
)
def test_only_our_own_names_are_answered(alone: Wire, host: str, status: int) -> None:
    assert alone.ask("/", "HEAD", Host=host).status == status
    assert alone.ask(LOADED[0], Host=host).status == status


def test_nothing_is_opened_read_or_closed_from_another_page(alone: Wire) -> None:
    cookies = alone.enter()
    for origin in ("http://evil.example", "null", "http://localhost", f"https://{alone.host}"):
        for path in ("/", LOADED[0]):
            assert alone.ask(path, Origin=origin).status == 403
        with pytest.raises(InvalidStatus, match="403"):
            alone.connect(cookies, origin=origin)
    with pytest.raises(InvalidStatus, match="403"):
        alone.connect(cookies, origin=None)
    for site in ("cross-site", "same-site"):
        embedded = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}
        assert alone.ask(LOADED[0], **embedded).status == 403
        framed = embedded | {"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}
        assert alone.ask("/", **framed).status == 403
        followed = framed | {"Sec_Fetch_Dest": "document"}
        assert alone.ask("/", **followed).status == 200

    page = str(uuid.uuid4())
    with alone.connect(cookies, page) as socket:
        closing = f"/_solara/api/close/{page}?session_id={uuid.uuid4()}"
        assert alone.ask(closing, "POST", Origin="http://evil.example").status == 403
        assert alone.ask(closing, "POST", Cookie=cookies).status == 403  # no word from where
        socket.send(json.dumps(message()))
        assert json.loads(socket.recv(20))["channel"]


def test_nobody_gets_at_the_page_of_somebody_else(alone: Wire) -> None:
    page, mine, theirs = str(uuid.uuid4()), alone.enter(), alone.enter()
    with alone.connect(mine, page) as socket:
        socket.send(json.dumps(message()))
        socket.recv(20)
        for cookies in (theirs, "", "solara-session-id="):
            with pytest.raises(InvalidStatus, match="403"):
                alone.connect(cookies, page)
        closing = f"/_solara/api/close/{page}?session_id={uuid.uuid4()}"
        assert alone.ask(closing, "POST", Origin=alone.url, Cookie=theirs).status == 204
        socket.send(json.dumps(message()))
        socket.recv(20)


@pytest.mark.parametrize("header", ["X-Script-Name", "Script-Name", "X-Forwarded-Prefix"])
def test_no_visitor_decides_where_scripts_come_from(alone: Wire, header: str) -> None:
    named = {header.replace("-", "_"): "/evil", "X_Forwarded_Host": "evil.example"}
    assert "evil" not in alone.ask("/", **named).text
    assert "evil" not in alone.ask("/").text


def ended(socket: ClientConnection) -> tuple[int, str]:
    """Code and reason that a socket is closed with, whatever else is said before."""
    with suppress(ConnectionClosed):
        while True:
            socket.recv(20)
    return socket.close_code or 0, socket.close_reason or ""


BAD = {
    "four bytes that claim gigabytes": struct.pack("!I", 0x7FFFFFFF),
    "a count below zero": struct.pack("!i", -1) + bytes(60),
    "no parts": struct.pack("!I", 0) + bytes(60),
    "more parts than bytes": struct.pack("!II", 20_000_000, 8),
    "parts that end beyond": struct.pack("!III", 2, 12, 4_000_000_000) + b"{}",
    "parts that run backwards": struct.pack("!III", 2, 12, 4) + b"{}",
    "too many parts": struct.pack("!66I", 65, *[264] * 65),
    "nothing": b"",
    "not JSON": "hello",
    "not text": b"\xff" * 40,
    "deep JSON": "[" * 50_000,
    "no message": "[]",
    "an unknown kind": json.dumps(message("execute_request", code="1")),
    "no header": json.dumps({"content": {}}),
    "a widget of the page's own": json.dumps(
        message("comm_open", comm_id="x", target_name="jupyter.widget", data={})
    ),
    "words for data": json.dumps(message("comm_msg", comm_id="x", data="y")),
    "a number for an id": json.dumps(message("comm_msg", comm_id=7, data={})),
}


@pytest.mark.parametrize("frame", BAD.values(), ids=BAD)
def test_messages_that_no_page_sends_end_the_connection(alone: Wire, frame: str | bytes) -> None:
    held = alone.memory()
    with alone.connect(alone.enter()) as socket:
        socket.send(frame)
        code, reason = ended(socket)
    assert code == 1008
    assert reason.startswith("the message ")
    assert alone.memory() < held + 50


def test_messages_are_bounded_and_never_unfolded(alone: Wire) -> None:
    with alone.connect(alone.enter(), max_size=None) as socket:
        assert "Sec-WebSocket-Extensions" not in socket.response.headers  # type: ignore[union-attr]
        socket.send("x" * (LARGEST + 1))
        assert ended(socket)[0] == 1009


def test_good_messages_of_both_kinds_and_strangers_among_widgets(alone: Wire) -> None:
    with alone.connect(alone.enter()) as socket:
        for good in (json.dumps(message()), packed(message(), b"part", b"")):
            socket.send(message_to_nobody())
            socket.send(good)
            told = {json.loads(socket.recv(20))["header"]["msg_type"] for _ in range(5)}
            assert "kernel_info_reply" in told


def message_to_nobody() -> str:
    data = {"method": "update", "state": {"x": "y" * 1000}, "buffer_paths": [["x", 3]]}
    return json.dumps(message("comm_msg", comm_id="nobody", data=data))


def test_one_address_has_so_many_pages_and_a_kind_word_for_more(alone: Wire) -> None:
    elsewhere = "127.0.0.3"
    with ExitStack() as opened:
        cookies = alone.enter(elsewhere)
        for _ in range(OF_ONE):
            opened.enter_context(alone.connect(cookies, come_from=elsewhere))
        with pytest.raises(InvalidStatus, match="403"):
            alone.connect(cookies, come_from=elsewhere)
        refused = alone.ask("/", come_from=elsewhere)
        assert refused.status == 503
        assert "There is no room for another page." in refused.text
        assert "Không còn chỗ cho trang mới." in refused.text
        assert int(refused.headers["retry-after"]) > 0
        assert alone.ask("/", "HEAD", come_from=elsewhere).status == 200  # the others live on
        with alone.connect(alone.enter("127.0.0.4"), come_from="127.0.0.4"):
            pass
    deadline = time.monotonic() + 30
    while alone.ask("/", come_from=elsewhere).status == 503:
        assert time.monotonic() < deadline, "what closed pages held is not given back"
        time.sleep(0.5)


def test_whoever_loads_the_page_too_often_waits(alone: Wire) -> None:
    told = [alone.ask("/", come_from="127.0.0.5").status for _ in range(60)]
    assert told[:40] == [200] * 40
    assert told[-1] == 429
    assert alone.ask("/").status == 200


def test_the_server_prints_nothing_of_all_this(alone: Wire) -> None:
    told = alone.log.read_text().splitlines()
    assert len([line for line in told if not line.startswith("Compiling the engine")]) == 1
