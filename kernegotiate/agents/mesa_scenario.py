"""Mesa keeps a scenario object of its own on every model; ours is another thing.

Mesa's window makes a new model from `type(model.scenario)()` when somebody presses Reset. So the
type remembers what the model was made from, and a model that is given such an object unpacks it.
"""

from __future__ import annotations

from typing import Any

from mesa.experimental.scenarios import Scenario as MesaScenario


def remembering(seed: int, made_from: dict[str, Any]) -> MesaScenario:
    """A Mesa scenario whose type remembers the arguments of a model."""
    kind = type("RegionScenario", (MesaScenario,), {"made_from": made_from})
    return kind(rng=seed)


def recalled(scenario: MesaScenario) -> dict[str, Any]:
    """Arguments for a model from a Mesa scenario: what its type remembers, and what it carries."""
    carried = {name: value for name, value in scenario if value is not None}
    return dict(getattr(type(scenario), "made_from", {})) | carried
