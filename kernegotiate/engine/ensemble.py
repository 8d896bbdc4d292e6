"""Many runs in one compiled loop: the same year as `year.py`, nothing allocated, no lock held.

`ensemble` is compiled as a whole and kept on disk. It releases the interpreter's lock, so that
threads with a world each use all cores. `drive` takes it through the laws of a run.
"""

from typing import Any

import numpy as np

from kernegotiate.engine import year as year_module
from kernegotiate.engine.borrow import borrow, borrowed
from kernegotiate.engine.decisions.go_alone import go_alone
from kernegotiate.engine.decisions.honour import honour
from kernegotiate.engine.decisions.stay import stay
from kernegotiate.engine.decisions.vote import vote
from kernegotiate.engine.jit import inlined, loop
from kernegotiate.engine.layout import World
from kernegotiate.engine.losses import write_losses
from kernegotiate.engine.outcomes import is_over, write_outcomes, write_trajectory
from kernegotiate.engine.prepared import Prepared
from kernegotiate.engine.start import begin


@inlined
def _silent(event, year, project, government, amount):
    pass


_year: Any = year_module.build(inlined, vote, honour, go_alone, stay, _silent)


NO_END = 2**62
"""A year that never comes."""


def drive(
    prepared: Prepared,
    world: World,
    seed: int,
    first: int,
    outcomes: np.ndarray,
    trajectories: np.ndarray,
    losses: np.ndarray,
) -> None:
    """Runs `first`, `first` + 1, ... of seed `seed`, each under all its laws in turn.

    Args:
        prepared: Scenario and laws.
        world: Memory of this thread, from `prepared.world`.
        seed: Of all draws.
        first: Number of the first run.
        outcomes: (runs,) OUTCOME, written.
        trajectories: (runs, years) TRAJECTORY, written, or with 0 runs nothing is recorded.
        losses: (runs,) LOSS, written, or with 0 runs nothing is explained.
    """
    nature, laws = prepared.setting.nature, prepared.laws
    ends = [law.since for law in laws[1:]] + [NO_END]
    # A run goes through all its laws before the next one takes the memory; under a single law all
    # runs can stay in compiled code.
    each = len(outcomes) if len(laws) == 1 else 1
    for start in range(0, len(outcomes), max(each, 1)):
        some = slice(start, start + each)
        for law, until in zip(laws, ends, strict=True):
            ensemble(
                world, nature, law.rules, law.bare, seed, first + start, law.since, until,
                outcomes[some], trajectories[some], losses[some],
            )  # fmt: skip


@loop
def ensemble(world, nature, rules, bare, seed, first, since, until, outcomes, trajectories, losses):
    """Runs `first`, `first` + 1, ... of seed `seed`, one for each row of `outcomes`.

    Args:
        world: memory from `setting.settle`, used for run after run.
        nature: exogenous rules.
        rules: rules in force.
        bare: where governments talk without the body.
        seed: of all draws.
        first: number of the first run.
        since: first year of these rules; from 1 on runs begin, from a later one the single run
            goes on that `world` holds.
        until: first year in which they hold no longer.
        outcomes: (runs,) OUTCOME, written when a run is over.
        trajectories: (runs, years) TRAJECTORY, written; years after the end stay untouched.
            With 0 runs nothing is recorded.
        losses: (runs,) LOSS, written; with 0 runs nothing is explained.
    """
    world, outcomes = borrow(world), borrowed(outcomes)
    trajectories, losses = borrowed(trajectories), borrowed(losses)
    recording, explaining = trajectories.shape[0] > 0, losses.shape[0] > 0
    for n in range(outcomes.shape[0]):
        if since == 1:
            begin(world, nature, seed, first + n)
        elif is_over(world.tally, nature):
            continue
        while not is_over(world.tally, nature) and world.tally[0].year + 1 < until:
            _year(world, nature, rules, bare, seed, first + n, explaining)
            if recording:
                write_trajectory(world, trajectories[n, world.tally[0].year - 1])
        if not is_over(world.tally, nature):
            continue
        write_outcomes(world, outcomes[n])
        if explaining:
            write_losses(world, rules, losses[n])
