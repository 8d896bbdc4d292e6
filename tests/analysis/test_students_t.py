"""Student's t, held against SciPy's and what is known in closed form."""

import math

import pytest
from scipy.special import stdtrit

from kernegotiate.analysis.estimators import quantile
from kernegotiate.analysis.students_t import students_t

FREEDOMS = (*range(1, 200), 500, 999, 1999, 9_999, 99_999, 999_999, 10**8)


@pytest.mark.parametrize("confidence", [0.01, 0.1, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_the_same_as_in_scipy(confidence: float) -> None:
    for freedom in FREEDOMS:
        expected = stdtrit(freedom, 0.5 + confidence / 2)
        assert students_t(freedom, confidence) == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize("confidence", [1e-300, 1e-9, 0.95, 0.999_999, 1 - 1e-9])
def test_closed_forms_at_any_confidence(confidence: float) -> None:
    """One degree of freedom is Cauchy's distribution; with two there is a root."""
    left = 1 - confidence
    cauchy = (
        math.tan(confidence * math.pi / 2) if confidence < 0.9 else 1 / math.tan(left * math.pi / 2)
    )
    assert students_t(1, confidence) == pytest.approx(cauchy, rel=3e-7, abs=0)
    root = confidence * math.sqrt(2 / (left * (1 + confidence)))
    assert students_t(2, confidence) == pytest.approx(root, rel=3e-7, abs=0)


@pytest.mark.parametrize("freedom", [1, 2, 3, 30, 32, 33, 34, 1000, 10**6])
@pytest.mark.parametrize("confidence", [5e-324, 1e-9, 0.999_999_999_999, 1 - 2**-53])
def test_no_confidence_is_too_much(freedom: int, confidence: float) -> None:
    assert 0 <= students_t(freedom, confidence) < math.inf


def test_more_confidence_takes_a_wider_interval() -> None:
    for freedom in (1, 2, 9, 999):
        halves = [students_t(freedom, 1 - 0.8**power) for power in range(1, 120)]
        assert halves == sorted(set(halves))


def test_one_run_has_no_interval() -> None:
    assert math.isnan(quantile(1, 0.95))
