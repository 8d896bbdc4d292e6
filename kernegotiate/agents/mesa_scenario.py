"""Mesa keeps a scenario object of its own on every model; ours is another thing.

Mesa's window makes a new model from `type(model.scenario)()` when somebody presses Reset. So the
type remembers what the model was made from, and a model that is given such an object unpacks it.
"""

from __future__ import annotations

from typing import Any, ClassVar, SupportsIndex

from mesa.experimental.scenarios import Scenario as MesaScenario


def remembering(seed: int, made_from: dict[str, Any]) -> MesaScenario:
    """A Mesa scenario whose type remembers the arguments of a model."""
    kind = type("RegionScenario", (_Remembering,), {"made_from": made_from})
    return kind(rng=seed)


class _Remembering(MesaScenario):
    """Is pickled by what it remembers, since its type has no place in a module."""

    made_from: ClassVar[dict[str, Any]]

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return remembering, (self.rng, self.made_from), {"model": getattr(self, "model", None)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        if state["model"] is not None:  # Mesa 4 no longer tells a scenario its model
            self.model = state["model"]


def recalled(scenario: MesaScenario) -> dict[str, Any]:
    """Arguments for a model from a Mesa scenario: what its type remembers, and what it carries."""
    carried = {name: value for name, value in scenario if value is not None}
    return dict(getattr(type(scenario), "made_from", {})) | carried
