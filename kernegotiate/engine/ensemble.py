"""Many runs in one compiled loop: the same year as `year.py`, nothing allocated, no lock held.

The one function that is compiled as a whole and kept on disk. It releases the interpreter's lock,
so that threads with a world each use all cores.
"""

from typing import Any

from kernegotiate.engine import year as year_module
from kernegotiate.engine.borrow import borrow, borrowed
from kernegotiate.engine.decisions.go_alone import go_alone
from kernegotiate.engine.decisions.honour import honour
from kernegotiate.engine.decisions.vote import vote
from kernegotiate.engine.jit import inlined, loop
from kernegotiate.engine.losses import write_losses
from kernegotiate.engine.outcomes import is_over, write_outcomes, write_trajectory
from kernegotiate.engine.start import begin


@inlined
def _silent(event, year, project, government, amount):
    pass


_year: Any = year_module.build(inlined, vote, honour, go_alone, _silent)


@loop
def ensemble(world, nature, rules, seed, first, outcomes, trajectories, losses):
    """Runs `first`, `first` + 1, ... of seed `seed`, one for each row of `outcomes`.

    Args:
        world: memory from `setting.settle`, used for run after run.
        nature: exogenous rules.
        rules: rules in force.
        seed: of all draws.
        first: number of the first run.
        outcomes: (runs,) OUTCOME, written.
        trajectories: (runs, years) TRAJECTORY, written; years after the end stay untouched.
            With 0 runs nothing is recorded.
        losses: (runs,) LOSS, written; with 0 runs nothing is explained.
    """
    world, outcomes = borrow(world), borrowed(outcomes)
    trajectories, losses = borrowed(trajectories), borrowed(losses)
    recording, explaining = trajectories.shape[0] > 0, losses.shape[0] > 0
    for n in range(outcomes.shape[0]):
        begin(world, nature, seed, first + n)
        while not is_over(world.tally, nature):
            _year(world, nature, rules, seed, first + n, explaining)
            if recording:
                write_trajectory(world, trajectories[n, world.tally[0].year - 1])
        write_outcomes(world, outcomes[n])
        if explaining:
            write_losses(world, rules, losses[n])
