"""A window that is shared: who has the key comes in, whoever has not gets a page that says so."""

import pytest
from websockets.exceptions import InvalidStatus

from wire_helpers import Wire, bare

pytestmark = pytest.mark.slow
ASSET = "/static/main-vuetify.js"


@pytest.mark.parametrize("come_from", ["127.0.0.1", "127.0.0.2"])
@pytest.mark.parametrize("path", ["/", "/?page=ask", ASSET, "/invite", "/x", "/resourcez"])
def test_without_the_key_there_is_a_page_that_says_so(
    shared: Wire, path: str, come_from: str
) -> None:
    for cookie in ("", f"kernegotiate-{shared.port}=", f"kernegotiate-{shared.port}={shared.key}"):
        answer = shared.ask(path, come_from=come_from, Cookie=cookie)
        assert answer.status == 403
        assert "This window needs a key." in answer.text
        assert "Trang này cần mã vào." in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "set-cookie" not in answer.headers
        assert shared.key not in answer.text
    assert shared.ask(path, "POST", come_from, Origin=shared.url).status == 403


@pytest.mark.parametrize("path", ["/resourcez", "/resourcez?verbose", "/readyz"])
def test_nobody_inside_learns_how_the_machine_is_doing(shared: Wire, path: str) -> None:
    answer = shared.ask(path, Cookie=shared.enter())
    assert answer.status == 404
    assert "There is nothing here." in answer.text
    assert "memory" not in answer.text


def test_without_the_key_no_socket_opens(shared: Wire) -> None:
    session = shared.enter().rpartition("; ")[2]
    with pytest.raises(InvalidStatus, match="403"):
        shared.connect(session)
    with shared.connect(shared.enter()):
        pass


def test_the_key_becomes_a_cookie_and_leaves_the_address(shared: Wire) -> None:
    come_from = "127.0.0.6"
    answer = shared.ask(f"/?key={shared.key}&language=vi&year=3", come_from=come_from)
    assert (answer.status, answer.headers["location"]) == (303, "/?language=vi&year=3")
    cookie = answer.headers["set-cookie"]
    assert shared.key not in cookie
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    page = shared.ask("/?language=vi", come_from=come_from, Cookie=bare(cookie))
    assert page.status == 200
    again = shared.ask(f"/?key={shared.key}", come_from=come_from, Cookie=bare(cookie))
    assert (again.status, again.headers["location"]) == (303, "/")
    typed = shared.key.upper().replace("-", "%20")
    assert shared.ask(f"/?key={typed}", come_from=come_from).status == 303


def test_guesses_are_few_and_those_inside_notice_nothing(shared: Wire) -> None:
    come_from = "127.0.0.7"
    cookies = shared.enter(come_from)
    told = [shared.ask(f"/?key=guess{n}", come_from=come_from) for n in range(25)]
    assert told[0].status == 403
    assert "This is not the key." in told[0].text
    assert told[-1].status == 429
    assert "Wait a minute" in told[-1].text
    assert shared.ask(f"/?key={shared.key}", come_from=come_from).status == 429
    assert shared.ask("/", come_from=come_from, Cookie=cookies).status == 200
    assert shared.ask(f"/?key={shared.key}", come_from="127.0.0.8").status == 303


def test_the_invitation_shows_the_way_in(shared: Wire) -> None:
    answer = shared.ask("/invite", Cookie=shared.enter())
    assert answer.status == 200
    assert "<svg" in answer.text
    assert shared.key in answer.text
    assert "<script" not in answer.text
    told = shared.log.read_text().splitlines()[1]
    address = told.removeprefix("Others in this network open ").partition("/?")[0]
    assert address.startswith("http://")
    assert address in answer.text


def test_names_and_numbers_of_this_machine_are_answered(shared: Wire) -> None:
    cookies = shared.enter()
    assert shared.ask("/", "HEAD", Cookie=cookies, Host=f"127.0.0.1:{shared.port}").status == 200
    assert shared.ask("/", "HEAD", Cookie=cookies, Host="192.0.2.1").status == 421
    assert shared.ask("/", "HEAD", Cookie=cookies, Host="evil.example").status == 421
