"""What the clock tells: who coordinates when."""

import pytest

from viz.bar import tell_change
from viz.clock import regimes_on_the_line
from viz.state import State
from viz.teller import tell
from viz.view import View
from viz.words import speak
from viz_helpers import run_of, views_of

ENGLISH = speak("en")
CHANGES = "12 empowered_board; 20 sanction=1.5"
FINE = "Fine for leaving, times dues left: 1.5"


@pytest.fixture(scope="module")
def views() -> tuple[View, ...]:
    """A run under three laws, year by year."""
    return views_of(run_of("advisory_council", changes=CHANGES))


def test_the_strip_tells_what_a_year_changes(views: tuple[View, ...]) -> None:
    strip = regimes_on_the_line((views[25],), 40, ENGLISH)
    assert [one["told"] for one in strip] == ["Advisory council", "Empowered board", FINE]
    assert [one["since"] for one in strip] == [1, 12, 20]
    assert [one["width"] for one in strip] == pytest.approx([11 / 40, 8 / 40, 21 / 40])


def test_no_strip_where_nothing_changes() -> None:
    assert not regimes_on_the_line((views_of(run_of())[25],), 40, ENGLISH)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_chip_says_from_when(language: str) -> None:
    state = State(changes=(("changes", CHANGES),))
    what, first, then = {
        "en": ("Changes in time", "from year 12 Empowered board", f"from year 20 {FINE}"),
        "vi": (
            "Thay đổi theo thời gian",
            "từ năm 12 Ban quản lý vùng có thực quyền",
            "từ năm 20 Phạt bên rút lui, so với vốn còn phải góp: 1,5",
        ),
    }[language]
    told = tell_change(state, "changes", CHANGES, speak(language))
    assert told == f"{what}: {first}; {then}"


def test_the_feed_tells_what_is_new(views: tuple[View, ...]) -> None:
    lines = {
        year: tell(view := views[year], [e for e in view.log if e.year == year], ENGLISH)[0].text
        for year in (12, 20)
    }
    assert lines == {12: "From now on: Empowered board.", 20: f"From now on: {FINE}."}
