"""Running worlds and comparing them to the last bit."""

import numpy as np

from kernegotiate.agents import RegionModel
from kernegotiate.engine.ensemble import drive
from kernegotiate.engine.losses import LOSS
from kernegotiate.engine.outcomes import OUTCOME, TRAJECTORY
from kernegotiate.engine.prepared import prepare
from kernegotiate.scenario import resolve

DECISIONS = {"voted", "paid", "reneged", "copied", "approved", "refused"}


def in_bulk(scenario, coordinator, seed, run=0, explain=False, **overrides):
    """One compiled run: its world's memory, outcomes, years and, if explained, losses."""
    resolved, institution = resolve(scenario, coordinator, **overrides)
    prepared = prepare(resolved, institution.levers)
    world = prepared.world()
    outcomes = np.empty(1, OUTCOME)
    years = np.zeros((1, prepared.last_year), TRAJECTORY)
    losses = np.zeros(int(explain), LOSS)
    drive(prepared, world, seed, run, outcomes, years, losses)
    found = (world, outcomes, years[0])
    return (*found, losses[0]) if explain else found


def agent_by_agent(scenario, coordinator, seed, **options):
    """A finished Mesa model."""
    model = RegionModel(scenario, coordinator, rng=seed, **options)
    while model.running:
        model.step()
    return model


def trail(model):
    """Who decided what, in order."""
    return [event[:5] for event in model.log if event.event in DECISIONS]


def differences(one, other):
    """Names of the arrays of two worlds that differ in any bit of any used row.

    Scratch memory and causes, which only one of them may have written, do not count.
    """
    projects = int(one.tally["projects"][0])
    differing = []
    for name, a, b in zip(one._fields, one, other, strict=True):
        if name in ("cause", "values", "remedies", "line"):
            continue
        x, y = np.asarray(a), np.asarray(b)
        if name in ("project", "party"):
            x, y = x[:projects], y[:projects]
        if x.tobytes() != y.tobytes():
            differing.append(name)
    return differing
