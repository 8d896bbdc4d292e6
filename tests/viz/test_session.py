"""What a session watches: stepping, playing, choosing anew, from a button or from a thread."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import solara

from viz import deals
from viz.film import film
from viz.quiet import hush
from viz.session import PACES, Pace, Session, views_of
from viz.state import State, start
from viz.view import View
from viz.words import speak

LAST = 46  # year of the usual start's run


@pytest.fixture
def session() -> Session:
    """One that has just been opened."""
    return Session()


def shown(session: Session) -> View:
    """The run that is watched at the year to show."""
    return views_of(session.state.value)[0]


def year(session: Session) -> int:
    return session.state.value.year


def test_a_new_session_is_at_the_usual_start_and_at_rest(session: Session) -> None:
    assert session.state.value == start() == State()
    assert not session.playing.value
    assert session.pace.value in PACES
    assert session.wrong.value is None


def test_steps_on_and_back(session: Session) -> None:
    session.step()
    session.step(9)
    assert year(session) == shown(session).year == 10
    session.step(-4)
    assert year(session) == shown(session).year == 6
    session.step(-100)
    assert year(session) == shown(session).year == 0


def test_the_end_is_the_last_year(session: Session) -> None:
    session.step(1000)
    assert year(session) == LAST
    assert shown(session).over
    session.step()
    assert year(session) == LAST
    session.step(-1)
    assert year(session) == LAST - 1
    assert not shown(session).over


def test_two_that_are_compared_end_with_the_later_one() -> None:
    session = Session(State(page="compare", coordinator="none", seed=1))
    session.step(1000)
    assert year(session) == max(view.year for view in views_of(session.state.value))
    assert all(view.over for view in views_of(session.state.value))
    assert len(views_of(session.state.value)) == 2


@pytest.mark.parametrize("unit", ["deal", "year"])
def test_play_stops_at_the_end(session: Session, unit: str) -> None:
    session.step(LAST - 2)
    session.pace.value = Pace("quick", unit, 0.01)
    session.playing.value = True
    session.play(threading.Event())
    assert not session.playing.value
    assert year(session) == LAST
    session.playing.value = True  # at the end there is nothing to play
    session.play(threading.Event())
    assert not session.playing.value


def test_pause_stops_the_play(session: Session) -> None:
    session.pace.value = Pace("quick", "year", 0.01)
    session.playing.value = True
    player = threading.Thread(target=session.play, args=[threading.Event()])
    player.start()
    wait_until(lambda: year(session) > 2)
    session.playing.value = False
    player.join(5)
    assert not player.is_alive()
    rested = year(session)
    assert not shown(session).over
    time.sleep(0.1)
    assert year(session) == rested


@pytest.fixture
def window(session: Session) -> Iterator[Callable[[], None]]:
    """A window in which the session plays; call it to close it."""

    @solara.component
    def Window() -> None:  # noqa: N802
        solara.use_thread(session.play, [session.playing.value], intrusive_cancel=False)

    _, context = solara.render(Window(), handle_error=False)
    is_open = [True]

    def close() -> None:
        if is_open:
            is_open.clear()
            context.close()

    yield close
    close()


def test_closing_the_window_stops_the_play(session: Session, window: Callable[[], None]) -> None:
    session.pace.value = Pace("quick", "year", 0.02)
    session.playing.value = True
    wait_until(lambda: year(session) > 1)
    window()
    time.sleep(0.1)
    rested = year(session)
    assert not shown(session).over
    time.sleep(0.2)
    assert year(session) == rested


def test_played_again_it_goes_on_once(session: Session, window: Callable[[], None]) -> None:
    session.pace.value = Pace("slow", "year", 5.0)  # one year at once, the next in five seconds
    for turn in range(1, 6):
        session.playing.value = True
        wait_until(lambda turn=turn: year(session) == turn)
        session.playing.value = False
    time.sleep(0.2)
    assert year(session) == 5
    window()


@pytest.mark.parametrize(
    "choose",
    [
        lambda session: session.show(seed=5),
        lambda session: session.choose_scenario("bandung"),
    ],
    ids=["seed", "scenario"],
)
def test_another_world_starts_at_year_0_at_rest(
    session: Session, choose: Callable[[Session], None]
) -> None:
    session.step(4)
    session.playing.value = True
    choose(session)
    assert year(session) == 0
    assert not session.playing.value


@pytest.mark.parametrize(
    "choose",
    [
        lambda session: session.show(other="lga"),
        lambda session: session.choose_coordinator("lga"),
        lambda session: session.change("trust", 0.3),
    ],
    ids=["other", "coordinator", "setting"],
)
def test_another_law_shows_the_same_year_whole_and_at_rest(
    session: Session, choose: Callable[[Session], None]
) -> None:
    session.step(4)
    session.turn(1)
    session.playing.value = True
    choose(session)
    assert (year(session), session.state.value.deal) == (5, 0)
    assert not session.playing.value


def test_turns_go_through_the_deals_of_each_year_and_on(session: Session) -> None:
    seen = []
    for _ in range(12):
        session.turn(1)
        seen.append((year(session), session.state.value.deal))
    there = [
        (at, nth)
        for at in range(1, 6)
        for nth in range(1, len(deals.of_year(film(session.state.value.run).at(at))) + 1)
    ]
    assert seen == there[:12]
    session.turn(-1)
    assert (year(session), session.state.value.deal) == there[10]
    session.step()  # a whole year
    assert session.state.value.deal == 0
    session.turn(-1)  # its last deal is told no more
    last = len(deals.of_year(shown(session)))
    assert session.state.value.deal == last - 1


def test_back_from_the_first_deal_is_the_year_before_whole(session: Session) -> None:
    session.step(3)
    session.turn(1)
    assert (year(session), session.state.value.deal) == (4, 1)
    session.turn(-1)
    assert (year(session), session.state.value.deal) == (3, 0)


def test_the_last_deal_is_the_end(session: Session) -> None:
    session.step(LAST - 1)
    session.turn(1)
    for _ in range(10):
        session.turn(1)
    there = deals.of_year(shown(session))
    assert (year(session), session.state.value.deal) == (LAST, len(there))


def test_two_that_are_compared_go_by_years() -> None:
    session = Session(State(page="compare", year=3))
    session.turn(1)
    assert (year(session), session.state.value.deal) == (4, 0)


def test_a_work_is_singled_out_until_one_goes_on(session: Session) -> None:
    session.step(8)
    code = next(iter(shown(session).works))
    session.single_out(code)
    assert session.state.value.work == code
    session.single_out(code)
    assert session.state.value.work == ""
    session.single_out(code)
    session.turn(1)
    assert session.state.value.work == ""


def test_gone_back_it_is_as_it_was_but_in_our_language(session: Session) -> None:
    session.step(7)
    before = session.state.value
    session.choose_coordinator("lga")
    session.show(page="compare", language="vi")
    session.return_to("?" + before.query())
    assert session.state.value == replace(before, language="vi")


def test_a_return_to_what_is_not_allowed_is_told(session: Session) -> None:
    before = session.state.value
    session.return_to("?page=garden")
    assert session.state.value == before
    assert session.wrong.value is not None


@pytest.mark.parametrize("story", [-1, 0, 1000])
def test_what_is_no_story_is_none(session: Session, story: int) -> None:
    session.tell(1)
    session.tell(story)
    assert session.state.value.story == 0


def test_the_same_choice_goes_on(session: Session) -> None:
    session.step(4)
    session.show(seed=session.state.value.seed)
    session.choose_coordinator(session.state.value.coordinator)
    session.change("trust", 0.5)  # as it is
    session.undo("rounds")
    assert year(session) == 4


def test_page_language_and_government_keep_the_year(session: Session) -> None:
    session.step(4)
    for changes in ({"language": "vi"}, {"government": "92"}, {"page": "compare"}):
        session.show(**changes)
        assert year(session) == 4
    session.show(language="en", year=7)
    assert year(session) == 7


def test_another_language_does_not_stop_the_play_and_another_page_does(session: Session) -> None:
    session.playing.value = True
    session.show(language="vi")
    assert session.playing.value
    session.show(page="ask")
    assert not session.playing.value


def test_what_is_not_allowed_is_told_and_changes_nothing(session: Session) -> None:
    session.step(3)
    before = session.state.value
    session.change("trust", 2.0)
    assert "trust: found “2.0”" in session.wrong.value.told(speak("en"))
    assert "trust: “2.0” không hợp lệ" in session.wrong.value.told(speak("vi"))
    assert session.state.value == before
    session.open("page=nowhere")
    assert "page: found “nowhere”" in session.wrong.value.told(speak("en"))
    assert session.state.value == before
    session.change("trust", 0.3)
    assert session.wrong.value is None


@pytest.mark.parametrize("years_on", [0, 4, 9])
def test_a_file_brings_its_year_and_leaves_the_language(session: Session, years_on: int) -> None:
    session.step(years_on)
    opened = State(coordinator="lga", seed=3, year=9, government="92")
    session.open(replace(opened, language="vi").query())  # somebody else's; ours stays
    assert session.state.value == opened
    assert not session.playing.value
    assert session.wrong.value is None


def test_steps_from_two_threads_all_count(session: Session) -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)

    def ten_years() -> None:
        for _ in range(10):
            session.step()

    try:
        threads = [threading.Thread(target=ten_years) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert year(session) == 20


def test_two_sessions_know_nothing_of_each_other(session: Session) -> None:
    other = Session(State(seed=2))
    session.step(3)
    other.change("trust", 0.3)
    assert (year(session), year(other)) == (3, 0)
    assert session.state.value.changes == ()


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
