"""What may go wrong in a room: a program that is started again, own files, files with mistakes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kernegotiate import load_institution
from tools.browsing import free_port, wait_for
from viz_helpers import run_of, views_of
from window_helpers import Window

pytestmark = pytest.mark.browser

PATIENCE = 60_000  # milliseconds until a page is back
OWN = {
    "small": 'title = "A short story"\nbased_on = "mekong_delta"\nyears = 3\n',
    "ours": 'title = "Our council"\nbased_on = "advisory_council"\n[levers]\nmonitoring = 0.9\n',
    "broken": 'based_on = "lga"\n[levers]\nmonitorign = 0.9\n',
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files of a facilitator."""
    folder = tmp_path_factory.mktemp("own")
    for name, text in OWN.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.toml" for name in OWN}


@pytest.fixture
def own(
    files: dict[str, Path], serve_app: Callable[..., str], open_page: Callable[..., Page]
) -> Callable[[str], Window]:
    """Open the window to which own files were given."""
    given = os.pathsep.join(map(str, files.values()))
    url = serve_app(KERNEGOTIATE_FILES=given)
    return lambda link="": Window(open_page(f"{url}/{link}"))


def test_own_files_are_offered_and_a_mistake_in_one_is_told(
    own: Callable[..., Window], files: dict[str, Path]
) -> None:
    page = own()
    expect(page.alert).to_have_count(1)
    expect(page.alert).to_contain_text("left out: ")
    expect(page.alert).to_contain_text("monitorign")
    for title, last in (("A short story", 3), ("Mekong Delta, 13 provinces (before 2025)", 40)) * 3:
        page.choose_coordinator(title, 0)
        expect(page.year).to_have_text(f"Year 0 of {last}")
        page.press("Next year")
        expect(page.year).to_have_text(f"Year 1 of {last}")
    page.choose_coordinator("Our council")
    page.scrub(9)
    monitoring = load_institution(files["ours"]).levers.monitoring
    page.expect_year(views_of(run_of("advisory_council", monitoring=monitoring))[9])


def test_a_page_that_cannot_be_shown_says_so_and_the_bar_still_works(
    serve_app: Callable[..., str],
    open_page: Callable[..., Page],
    printed: Callable[[str], str],
) -> None:
    app = "tests/browser/failing_app.py"
    page = Window(open_page(f"{serve_app(app)}/?year=2"))
    page.sow("13")
    expect(page.page.locator(".preparing")).to_contain_text("cannot be shown")
    assert "ZeroDivisionError: unlucky" in printed(app)
    assert "ZeroDivisionError" not in page.page.content()
    page.press("Compare")
    expect(page.page.locator(".titles")).to_have_count(3)
    expect(page.page.locator(".preparing")).to_contain_text("cannot be shown")
    page.sow("3")
    page.turn_to("Watch")
    page.press("Next year")
    page.expect_year(views_of(run_of("advisory_council", 3))[1])


@pytest.fixture
def serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start the program as a facilitator does: `serve(port)`, or `serve(port, "--share")`."""
    running: list[subprocess.Popen[bytes]] = []
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def start(port: int, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kernegotiate", "app", "--no-browser", "--port", str(port)]
        running.append(subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL))
        wait_for(f"http://127.0.0.1:{port}", running[-1])
        return running[-1]

    yield start
    for server in running:
        server.kill()
        server.wait()


def test_a_page_comes_back_when_the_program_does(
    serve: Callable[[int], subprocess.Popen[bytes]], browser: Browser
) -> None:
    port = free_port()
    server = serve(port)
    with browser.new_context() as visitor:
        place = visitor.new_page()
        place.goto(f"http://127.0.0.1:{port}/?seed=3")
        page = Window(place)
        page.press("Next year")
        page.expect_year(views_of(run_of("advisory_council", 3))[1])
        server.terminate()
        server.wait(20)
        told = page.page.locator(".stopped")
        expect(told).to_have_text(page.words.unanswered["stopped"], timeout=PATIENCE)
        serve(port)
        expect(page.page.locator(".stopped")).to_have_count(0, timeout=PATIENCE)
        page.wait()
        page.expect_year(views_of(run_of("advisory_council", 3))[1])
        page.press("Next year")
        page.expect_year(views_of(run_of("advisory_council", 3))[2])


def test_a_frozen_program_and_a_lost_network_are_told_apart(
    serve: Callable[..., subprocess.Popen[bytes]], browser: Browser, tmp_path: Path
) -> None:
    port = free_port()
    server = serve(port, "--share")
    (key,) = (path.read_text().split()[0] for path in tmp_path.rglob(f"key-{port}"))
    with browser.new_context() as phone:
        place = phone.new_page()
        place.goto(f"http://127.0.0.2:{port}/?key={key}&seed=3&language=vi")  # as from elsewhere
        page, views = Window(place, "vi"), views_of(run_of("advisory_council", 3))
        told = place.locator(".stopped")

        phone.set_offline(True)
        expect(told).to_have_text(page.words.unanswered["lost"], timeout=PATIENCE)
        phone.set_offline(False)
        expect(told).to_have_count(0, timeout=PATIENCE)
        page.wait()

        place.evaluate("window.sameAsBefore = true")
        server.send_signal(signal.SIGSTOP)
        expect(told).to_have_text(page.words.unanswered["frozen"], timeout=PATIENCE)
        server.send_signal(signal.SIGCONT)
        expect(told).to_have_count(0, timeout=PATIENCE)
        assert place.evaluate("window.sameAsBefore")  # nobody has to load anything anew
        page.press(page.words.next_year)
        page.expect_year(views[1])

        server.kill()
        expect(told).to_have_text(page.words.unanswered["lost"], timeout=PATIENCE)
