"""What is told of one government."""

import numpy as np
import pytest

from viz.government import told
from viz.words import speak

ENGLISH = speak("en")


def test_a_mean_of_what_is_defined() -> None:
    assert told(np.array([0.2, np.nan, 0.4]), ENGLISH) == (pytest.approx(0.3), "0.30")
    assert told(np.array([np.nan]), ENGLISH) == (0.0, ENGLISH.undefined)
