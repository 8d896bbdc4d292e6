"""What becomes of a work can be told without its colour, and by people who see colours otherwise.

Simulated with the matrices of Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB;
distances are CIE 1976, in which 2.3 can just be told apart.
"""

import itertools
import re

import numpy as np
import pytest

from viz import forms, palette
from viz.words import LANGUAGES, speak

SIGHTS = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "grey": np.full((3, 3), 0.0) + np.array([0.2126, 0.7152, 0.0722]),
}
APART = 25.0
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(color: str) -> np.ndarray:
    """Linear RGB of "#rrggbb"."""
    values = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(color: str, sight: str) -> np.ndarray:
    """CIE Lab of a colour as it is seen."""
    seen = np.clip(SIGHTS[sight] @ linear(color), 0.0, 1.0)
    ratio = TO_XYZ @ seen / TO_XYZ.sum(axis=1)
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    """As WCAG has it."""
    light = sorted(float(linear(c) @ TO_XYZ[1]) + 0.05 for c in (one, other))
    return light[1] / light[0]


def shape(form: forms.Form) -> str:
    """The drawing without its colours."""
    return re.sub(r"#[0-9a-f]{6}", "", form.drawing)


def test_the_measure_is_the_one_it_says() -> None:
    assert np.linalg.norm(lab("#ffffff", "usual") - lab("#000000", "usual")) == pytest.approx(100)
    green, pink = "#009e73", "#cc79a7"  # as the window once had open works and copies
    assert np.linalg.norm(lab(green, "usual") - lab(pink, "usual")) > 40
    assert np.linalg.norm(lab(green, "deuteranopia") - lab(pink, "deuteranopia")) < 19


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(
    ("one", "other"),
    list(itertools.combinations(forms.FORMS, 2)),
    ids=lambda form: form.name,
)
def test_every_two_states_differ_by_form_or_far_by_colour(
    sight: str, one: forms.Form, other: forms.Form
) -> None:
    apart = np.linalg.norm(lab(one.color, sight) - lab(other.color, sight))
    assert shape(one) != shape(other) or apart >= APART


def test_half_filled_and_filled_differ_though_both_are_squares() -> None:
    """Both stand side by side everywhere: their fillings are told apart, whatever the sight."""
    for sight in SIGHTS:
        for color in (forms.OPENED.color, forms.WAY.color):
            assert np.linalg.norm(lab(color, sight) - lab(palette.PAPER, sight)) >= APART


@pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("ground", [palette.PAPER, palette.LAND, palette.CHOSEN])
def test_a_form_stands_out_from_every_ground(form: forms.Form, ground: str) -> None:
    strongest = max(contrast(c, ground) for c in re.findall(r"#[0-9a-f]{6}", form.drawing))
    assert strongest >= 2.5 if form is forms.OPENED else strongest >= 3.0


def test_ties_stand_out_from_the_land() -> None:
    assert contrast(palette.INK, palette.LAND) >= 3.0


def test_all_forms_are_there_to_be_used_and_have_words() -> None:
    for form in forms.FORMS:
        assert f'id="form-{form.name}"' in forms.symbols()
    for code in LANGUAGES:
        assert set(speak(code).forms) == {form.name for form in forms.FORMS}
