"""The compiled loop by itself: memory laid out once, runs timed without tables around them."""

from typing import Any

import numpy as np

from kernegotiate.engine.ensemble import drive
from kernegotiate.engine.losses import LOSS
from kernegotiate.engine.outcomes import TRAJECTORY
from kernegotiate.engine.prepared import prepare
from kernegotiate.scenario import Scenario, resolve


class Loop:
    """An institution in a scenario, ready to run.

    Args:
        scenario: name or scenario.
        coordinator: name of an institution.
        seed: of all draws.
        **overrides: levers, behaviour and scenario parameters by keyword.
    """

    def __init__(
        self, scenario: str | Scenario, coordinator: str, seed: int = 1, **overrides: Any
    ) -> None:
        resolved, institution = resolve(scenario, coordinator, **overrides)
        self.seed = seed
        self.governments = len(resolved.region.governments)
        self.years = resolved.years
        prepared = prepare(resolved, institution.levers)
        self.prepared, self.setting, self.rules = prepared, prepared.setting, prepared.rules
        self.world = prepared.world()

    def run(self, outcomes: np.ndarray, first: int = 0) -> None:
        """Write outcomes, (runs,) OUTCOME, of the runs `first`, `first` + 1, ..."""
        years = np.zeros((0, self.setting.last_year), TRAJECTORY)
        losses = np.empty(0, LOSS)
        drive(self.prepared, self.world, self.seed, first, outcomes, years, losses)
