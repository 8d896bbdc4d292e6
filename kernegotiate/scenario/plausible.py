"""Figures of a region that are allowed and yet hardly meant: another unit, most of the time.

Nothing here knows what a currency is worth. What tells a wrong unit is that a figure fits nothing
on earth, or does not fit the other figures of its table.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from kernegotiate.scenario.region import Government, Region
from kernegotiate.scenario.shapes import KM

# Thresholds are assumptions: so wide that a slip of three digits crosses them and little else does.
FEW_PEOPLE = 5_000
MANY_PEOPLE = 2e9  # more than any country has
SPREAD = 200  # highest GRDP per head to lowest
SMALL_BUDGET = 1e-4  # of GRDP
FAR = 5_000  # km
_NEAR = 0.1  # km
_SAME = 1e-3
_RADIUS = KM * 180 / np.pi


def neighbours(region: Region) -> tuple[float, ...]:
    """Distance of each government's centre from the nearest other one, km."""
    return tuple(float(row.min()) for row in _kilometres(region.governments))


def implausible(region: Region) -> Iterator[str]:
    """Say which figures look like those of another unit or place, a sentence each."""
    yield from _people(region)
    yield from _money(region)
    yield from _places(region)


def _people(region: Region) -> Iterator[str]:
    largest = max(region.governments, key=lambda one: one.population)
    if largest.population < FEW_PEOPLE:
        yield (
            f"No population reaches {FEW_PEOPLE:,} (the largest is {largest.population:,.6g}, of "
            f"{largest.name}); the unit is persons, not thousands of them."
        )
    if len(region.governments) > 2 and _is_sum(largest, region.governments):
        yield f"{largest.name} has the population and GRDP of all others together; is it a total?"
    if largest.population > MANY_PEOPLE:
        yield (
            f"The population of {largest.name} is {largest.population:,.0f}, more than that of any "
            "country; the unit is persons."
        )


def _is_sum(one: Government, all_of_them: Sequence[Government]) -> bool:
    """Whether people and product of a government are those of all others."""
    return all(
        abs(2 * getattr(one, name) / sum(getattr(each, name) for each in all_of_them) - 1) < _SAME
        for name in ("population", "grdp")
    )


def _money(region: Region) -> Iterator[str]:
    heads = [one.grdp / one.population for one in region.governments]
    rich, poor = int(np.argmax(heads)), int(np.argmin(heads))
    if heads[rich] > SPREAD * heads[poor]:
        yield (
            f"GRDP per head of {region.governments[rich].name} is "
            f"{heads[rich] / heads[poor]:,.0f} times that of {region.governments[poor].name}; are "
            "both given in one unit?"
        )
    shares = [
        budget / one.grdp for one, budget in zip(region.governments, region.budgets, strict=True)
    ]
    above = [one.name for one, share in zip(region.governments, shares, strict=True) if share > 1]
    if above:
        yield (
            f"The development budget is more than the whole GRDP of {_listed(above)}; are both in "
            f"{region.currency}?"
        )
    if max(shares) < SMALL_BUDGET:
        yield (
            f"Every development budget is below {SMALL_BUDGET:.2%} of GRDP; are both in "
            f"{region.currency}?"
        )


def _places(region: Region) -> Iterator[str]:
    away = _kilometres(region.governments)
    near = away.min(axis=1)
    if far := [one.name for one, km in zip(region.governments, near, strict=True) if km > FAR]:
        yield (
            f"{_listed(far)}: more than {FAR:,} km from the nearest other government; are "
            "longitude and latitude right?"
        )
    first, second = np.unravel_index(int(away.argmin()), away.shape)
    if near.min() < _NEAR:
        yield (
            f"{region.governments[first].name} and {region.governments[second].name} lie at one "
            "place; does each have its own longitude and latitude?"
        )


def _kilometres(governments: Sequence[Government]) -> np.ndarray:
    """Great-circle distances between centres, km, shape (governments, governments); own are inf."""
    lon = np.radians([one.lon for one in governments])
    lat = np.radians([one.lat for one in governments])
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    away = 2 * _RADIUS * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    np.fill_diagonal(away, np.inf)
    return np.asarray(away)


def _listed(names: Sequence[str], most: int = 3) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
