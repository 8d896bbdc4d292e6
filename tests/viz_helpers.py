"""Runs as the window records them, and the same without a window."""

from functools import lru_cache

import kernegotiate as kn
from kernegotiate.agents.refusals import Witness
from viz.asked import Asked
from viz.state import Run
from viz.view import View, look

REGION = "mekong_delta"


def run_of(coordinator: str = "advisory_council", seed: int = 1, **settings: float | str) -> Run:
    """A run of the delta with some settings."""
    return Run(REGION, coordinator, seed, tuple(sorted(settings.items())))


def model_of(run: Run) -> kn.RegionModel:
    """The same run without a window, at its start."""
    return kn.RegionModel(
        run.scenario, run.coordinator, rng=run.seed, government_class=Asked, **run.settings
    )


@lru_cache(maxsize=16)
def views_of(run: Run) -> tuple[View, ...]:
    """A look at every year of a run, taken without the film of the window."""
    model = model_of(run)
    witness = Witness.of(model)
    views = [look(model, witness, None)]
    while not model.is_over:
        model.step()
        views.append(look(model, witness, views[-1]))
    return tuple(views)


@lru_cache(maxsize=16)
def last_view_of(run: Run) -> View:
    """A look at the last year of a run, without those before it, which take most of the time."""
    model = model_of(run)
    witness = Witness.of(model)
    while not model.is_over:
        model.step()
    return look(model, witness, None)
