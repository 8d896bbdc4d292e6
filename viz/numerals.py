"""How numbers are written in a language: thousands apart, its decimal mark, a proper minus sign."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Numerals:
    """Marks of a language, and what stands where nothing is defined."""

    thousands_mark: str
    decimal_mark: str
    percent_mark: str
    undefined: str

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with so many decimals; nothing defined: a dash."""
        if math.isnan(value):
            return self.undefined
        text = f"{round(value, decimals) + 0.0:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")
        marks = {",": self.thousands_mark, ".": self.decimal_mark}
        return "".join(marks.get(mark, mark) for mark in text)

    def percent(self, share: float) -> str:
        """A share in per cent; nothing defined: a dash."""
        if math.isnan(share):
            return self.undefined
        return f"{self.number(100 * share)}{self.percent_mark}"

    def decimal(self, value: float) -> str:
        """A number with two decimals."""
        return self.number(value, 2)

    def shortest(self, value: float) -> str:
        """A number to two decimals or two digits, without the zeros behind: 3, 0.5, 0.003."""
        if math.isnan(value) or value == 0:
            return self.number(value)
        decimals = max(2, 1 - math.floor(math.log10(abs(value))))
        value = round(value, decimals)
        while decimals and round(value, decimals - 1) == value:
            decimals -= 1
        return self.number(value, decimals)

    def interval(self, ends: str) -> str:
        """A range such as `[0, 0.5]`; where decimals follow a comma, `[0; 0,5]`."""
        if self.decimal_mark != ",":
            return ends
        return ends.replace(",", ";").replace(".", ",")
