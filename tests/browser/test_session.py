"""What a session watches: stepping, playing, choosing anew."""

import threading
import time
from collections.abc import Callable

import pytest
import solara

from viz.quiet import hush
from viz.session import Session


def test_play_stops_at_the_end() -> None:
    session = Session()
    session.choose(scenario="mekong_delta", coordinator="none")
    while not session.view.value.over:
        session.step()
    session.playing.value = True
    session.play(threading.Event())
    assert not session.playing.value


def test_closing_the_window_stops_the_play(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viz.session.YEARS_A_SECOND", 50.0)
    session = Session()

    @solara.component
    def Window() -> None:  # noqa: N802
        solara.use_thread(session.play, [session.playing.value], intrusive_cancel=False)

    _, context = solara.render(Window(), handle_error=False)
    session.playing.value = True
    wait_until(lambda: session.view.value.year > 1)
    context.close()
    time.sleep(0.1)
    year = session.view.value.year
    assert not session.view.value.over
    time.sleep(0.2)
    assert session.view.value.year == year


def test_another_choice_starts_anew_and_the_same_one_does_not() -> None:
    session = Session()
    session.step()
    session.choose(seed=session.choice.value.seed)
    assert session.view.value.year == 1
    session.choose(seed=5)
    assert session.view.value.year == 0


def test_solara_is_hushed() -> None:
    from solara.server import settings

    hush()
    assert not settings.telemetry.mixpanel_enable
    assert not settings.theme.show_banner


def wait_until(happened: Callable[[], bool], patience: float = 10.0) -> None:
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)
