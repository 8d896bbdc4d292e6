"""Numbers with sensible rounding.

A unit is one of `engine.outcomes.MEANING`: shares and what lies between 0 and 1 are shown as
percentages, money in the unit that `Money` chose.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kernegotiate.cli.words import larger

NOTHING = "-"  # an outcome that is undefined
LARGE = 100_000  # from here on, a thousand units are the unit


@dataclass(frozen=True)
class Money:
    """A unit of money.

    Attributes:
        unit: Its name.
        scale: What an amount in the scenario's currency is multiplied with.
    """

    unit: str
    scale: float = 1.0

    @classmethod
    def to_fit(cls, amounts: Iterable[float], currency: str) -> "Money":
        """Choose a unit in which the largest amount is easily read."""
        most = max((abs(amount) for amount in amounts if math.isfinite(amount)), default=0.0)
        return cls(larger(currency), 1e-3) if most >= LARGE else cls(currency)


def figure(value: float, unit: str, money: Money) -> str:
    """A number that is known exactly, such as an outcome of one run; NaN shows as a dash."""
    if math.isnan(value):
        return NOTHING
    value *= _scale(unit, money)
    return _written(value, _digits(value, math.nan, unit))


def estimated(value: float, half: float, unit: str, money: Money, *, signed: bool = False) -> str:
    """An estimate and half the width of its interval, such as ``71.1 ±0.6``.

    Args:
        value: NaN shows as a dash.
        half: Half the width of the confidence interval; left out if it is 0 or NaN.
        unit: See above.
        money: The unit of money.
        signed: Whether to write a plus, as for differences.
    """
    if math.isnan(value):
        return NOTHING
    value, half = value * _scale(unit, money), half * _scale(unit, money)
    digits = _digits(value, half, unit)
    text = f"{'+' if signed and value > 0 else ''}{_written(value, digits)}"
    return f"{text} ±{_written(half, digits)}" if half > 0 else text


def _scale(unit: str, money: Money) -> float:
    if unit == "money":
        return money.scale
    return 100.0 if unit.startswith("share") or unit == "0 to 1" else 1.0


def _digits(value: float, half: float, unit: str) -> int:
    """Decimals to keep; below 0 they are digits before the point."""
    if unit.startswith("share"):
        return 1
    if unit == "0 to 1":
        return 1 if half >= 0.05 else 2
    if unit == "money":  # two digits of what is uncertain
        size = half if half > 0 else abs(value) / 100
        return min(2, 1 - math.floor(math.log10(size))) if size > 0 else 0
    return 2


def _written(value: float, digits: int) -> str:
    rounded = round(value, digits) + 0.0  # no minus before a zero
    return f"{rounded:,.{max(digits, 0)}f}"
