"""A Chromium and a served app for the tests in this folder.

Without a Chromium these tests skip; where CI=true they fail instead, so that they never stop
running unseen.
"""

import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tools.browsing import FLAGS, find_chromium, serving
from tools.browsing import window as guarded
from window_helpers import Window

Served = tuple[str, tuple[tuple[str, str], ...]]  # path of an app, and its environment
WINDOW = "viz/app.py"
server_logs = pytest.StashKey[dict[Served, Path]]()


QUIET = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False", "SOLARA_THEME_SHOW_BANNER": "False"}


@pytest.fixture(scope="package")  # no longer: while Playwright lives, asyncio.run() is barred
def browser() -> Iterator[Browser]:
    """A headless Chromium; give each test a page of its own with `browser.new_page()`."""
    executable = find_chromium()
    if executable is None:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop("no Chromium here: install it (Debian: chromium), or name its path in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody with a browser, which keeps what it has once loaded."""
    with browser.new_context() as context:
        yield context


@pytest.fixture
def open_page(browser: Browser, visitor: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Open a URL: `open_page(url)`, or `open_page(url, another_visitor=True)`.

    Whatever a test does with its pages, no request may leave this machine and no script may fail.
    """
    hosts: set[str | None] = set()
    failures: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            failures.append(message.text)

    with ExitStack() as opened:

        def open_it(url: str, *, another_visitor: bool = False) -> Page:
            who = opened.enter_context(browser.new_context()) if another_visitor else visitor
            page = opened.enter_context(who.new_page())
            page.set_viewport_size({"width": 1280, "height": 800})
            page.set_default_timeout(20_000)
            page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
            page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).hostname))
            page.on("console", listen)
            page.on("pageerror", lambda error: failures.append(str(error)))
            page.goto(url)
            return page

        yield open_it
    assert hosts <= {None, "127.0.0.1", "localhost"}
    assert failures == []


@pytest.fixture(scope="session")
def serve_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., str]]:
    """Serve a Solara app: `serve_app(path="viz/app.py", **environment)` returns its URL.

    The window is served as people have it, behind its guard; what else there is, by Solara alone.
    The same arguments get the same server, until the tests end. A failing test shows what the
    servers printed.
    """
    logs = request.config.stash.setdefault(server_logs, {})
    with ExitStack() as running:

        @cache
        def serve(path: str = WINDOW, **environment: str) -> str:
            log = tmp_path_factory.mktemp("served") / "output.txt"
            logs[path, tuple(environment.items())] = log
            ours = path == WINDOW and not environment
            app = serving(guarded if ours else solara_app(path), log, QUIET | environment)
            return running.enter_context(app).url

        yield serve


@pytest.fixture
def printed(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """What the server of an app has printed so far: `printed("viz/app.py")`."""
    return lambda path: request.config.stash[server_logs][path, ()].read_text()


@pytest.fixture
def window(
    open_page: Callable[..., Page], serve_app: Callable[..., str], printed: Callable[[str], str]
) -> Iterator[Callable[..., Window]]:
    """Open the window: `window("?year=3")`, options as of `open_page`.

    Its server, which is the one that people have, prints nothing but its address.
    """
    url = serve_app()
    address = url.replace("127.0.0.1", "localhost")

    def open_it(link: str = "", **options: bool) -> Window:
        language = "vi" if "language=vi" in link else "en"
        return Window(
            open_page(link if link.startswith("http") else f"{url}/{link}", **options), language
        )

    yield open_it
    told = f"The window opens at {address} in a moment; stop it with Ctrl-C.\n"
    assert printed(WINDOW) == told


def solara_app(path: str) -> Callable[[int], list[str]]:
    """The command that serves an app as `solara run` does."""
    start = [sys.executable, "-m", "solara", "run", path, "--host", "127.0.0.1", "--port"]
    return lambda port: [*start, str(port), "--no-open", "--no-check-version", "--production"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the servers printed beside a failing test."""
    report = yield
    if report.failed:
        for log in item.config.stash.get(server_logs, {}).values():
            report.sections.append(("output of the served app", log.read_text(errors="replace")))
    return report
