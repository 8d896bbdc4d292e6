"""What is told of one government."""

import numpy as np
import pytest

from viz.government import shows_debt, told
from viz.words import speak
from viz_helpers import run_of, views_of

ENGLISH = speak("en")


def test_a_mean_of_what_is_defined() -> None:
    assert told(np.array([0.2, np.nan, 0.4]), ENGLISH) == (pytest.approx(0.3), "0.30")
    assert told(np.array([np.nan]), ENGLISH) == (0.0, ENGLISH.undefined)


def test_a_debt_is_told_where_there_may_be_one() -> None:
    view = views_of(run_of("advisory_council"))[10]
    assert not any(shows_debt(view, number) for number in range(13))
    may = views_of(run_of("advisory_council", debt_years=5))
    assert all(shows_debt(may[0], number) for number in range(13))
    assert any(purse.debt > 0.0 for purse in may[20].purses)
