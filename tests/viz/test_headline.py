"""The headline says what became of all works, and of their worth only once it may be read."""

import pytest

from viz import deals
from viz.headline import counted, may_be_read, worth
from viz.words import speak
from viz_helpers import run_of, views_of

RUNS = ["none", "advisory_council", "conditional_funding", "empowered_board"]


@pytest.mark.parametrize("coordinator", RUNS)
def test_counts_are_the_history(coordinator: str) -> None:
    for view in views_of(run_of(coordinator)):
        latest = view.history.iloc[-1]
        assert counted(view.works.values()) == {
            "proposed": latest.arrived,
            "signed": latest.signed,
            "opened": latest.completed,
        }


def test_counts_grow_with_each_deal() -> None:
    view = views_of(run_of("consensus_or_no_money"))[21]
    counts = [
        counted(deals.told(view, deal).values()) for deal in range(1, len(deals.of_year(view)) + 1)
    ]
    assert counts[-1] == counted(view.works.values())
    assert counts[0] != counts[-1]
    for name in counts[0]:
        values = [one[name] for one in counts]
        assert values == sorted(values)


@pytest.mark.parametrize("coordinator", RUNS)
def test_worth_is_not_told_in_the_years_in_which_it_only_tells_how_long_building_takes(
    coordinator: str,
) -> None:
    views, words = views_of(run_of(coordinator)), speak("en")
    told = [worth(view, words) for view in views]
    assert told[:6] == [None] * 6
    assert told[-1] is not None
    for view, one in zip(views, told, strict=True):
        open_ones = [w for w in view.works.values() if w.status in ("on the agenda", "under way")]
        few = len(view.works) < 10 or 2 * len(open_ones) > len(view.works)
        assert (one is None) == few == (not may_be_read(view))
        if one:
            latest = view.history.iloc[-1]
            share = latest.welfare / latest.first_best
            assert one["share"] == pytest.approx(min(max(share, 0.0), 1.0))
            assert words.number(100 * share) in one["told"]
