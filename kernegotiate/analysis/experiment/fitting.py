"""Whether a design fits an experiment: neither overrides the other, and claims find their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from kernegotiate.analysis.claims import Claim
from kernegotiate.analysis.experiment.arm import Arm, Settings
from kernegotiate.batch.design import Design
from kernegotiate.scenario import Scenario, ScenarioError
from kernegotiate.scenario.meetings import powerless


class Misfit(NamedTuple):
    """What does not fit, and where the experiment says it."""

    sentence: str
    place: tuple[int | str, ...]


def overridden(all_set: Settings, arms: Sequence[Arm], varied: Collection[str]) -> Iterator[Misfit]:
    """Settings that a design would override.

    Args:
        all_set: What the experiment sets in all arms.
        arms: What each of them sets besides.
        varied: Factors of the design.
    """
    places: list[tuple[int | str, ...]] = [("set", name) for name in all_set if name in varied]
    for number, arm in enumerate(arms):
        places += [("arms", number, "set", name) for name in arm.set if name in varied]
    for place in places:
        yield Misfit("the design varies it too; leave one out", place)


def unmoved(worlds: Iterable[Scenario], varied: Collection[str]) -> Iterator[Misfit]:
    """Factors for which the tables of a scenario leave nothing to change.

    Args:
        worlds: The scenarios.
        varied: Factors of the design.
    """
    for world in worlds:
        for name, why in powerless(world, varied):
            yield Misfit(f"{name}: would change nothing in {world.name}, since {why}", ("design",))


def unfound(claims: Sequence[Claim], design: Design) -> Iterator[Misfit]:
    """Terms of claims that are not about one row of a design."""
    for c, claim in enumerate(claims):
        for p, part in enumerate(claim.parts):
            for t, term in enumerate(part.terms):
                try:
                    design.find(term.at)
                except ScenarioError as error:
                    yield Misfit(str(error), ("claims", c, "parts", p, "terms", t, "at"))
