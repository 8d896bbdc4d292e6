"""From a year on another coordinator, chosen in the window."""

import pytest

from viz.later import change_of, choose
from viz.session import Session
from viz.state import State, start


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("", (13, "")),
        ("set.changes=12 lga", (12, "lga")),
        ("set.changes=12 sanction=1.5", None),
        ("set.changes=12 lga sanction=1.5", None),
        ("set.changes=12 lga; 20 empowered_board", None),
        ("scenario=three_towns", (2, "")),
    ],
)
def test_one_change_of_coordinator_is_shown_as_it_is(
    link: str, found: tuple[int, str] | None
) -> None:
    assert change_of(State.read(link)) == found


def test_a_choice_is_a_change_in_time_and_none_takes_it_back() -> None:
    session = Session()
    choose(session, 12, "lga")
    assert session.state.value.run.settings == {"changes": "12 lga"}
    choose(session, 15, "lga")
    assert session.state.value.run.settings == {"changes": "15 lga"}
    choose(session, 15, "")
    assert session.state.value == start()


def test_what_a_browser_makes_up_is_told_and_changes_nothing() -> None:
    session = Session()
    choose(session, 1, "lga")
    assert session.wrong.value is not None
    assert session.state.value == start()
