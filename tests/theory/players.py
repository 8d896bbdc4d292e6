"""Ways to play a scenario once: in bulk, or agent by agent."""

from __future__ import annotations

from typing import Any

from kernegotiate.scenario import Levers, Scenario


def in_bulk(scenario: Scenario, **overrides: Any) -> dict[str, float]:
    """Outcomes of run 0, compiled."""
    from kernegotiate.batch import simulate

    return simulate(scenario, Levers(), runs=1, threads=1, **overrides).outcomes.iloc[0].to_dict()


def by_agents(scenario: Scenario, **overrides: Any) -> dict[str, float]:
    """Outcomes of run 0 in the Mesa model."""
    from kernegotiate.agents import RegionModel

    model = RegionModel(scenario, Levers(), rng=1, **overrides)
    while model.running:
        model.step()
    return model.outcomes()
