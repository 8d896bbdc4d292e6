"""What Mesa's data collector records every year."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import mesa

from kernegotiate.engine.outcomes import COLUMNS

if TYPE_CHECKING:
    from kernegotiate.agents.local_government import LocalGovernment
    from kernegotiate.agents.region_model import RegionModel


def collector(governments: list[LocalGovernment], agent_data: bool) -> mesa.DataCollector:
    """A collector of a model's outcomes, and with `agent_data` of each government's state."""
    return mesa.DataCollector(
        model_reporters={name: partial(_outcome, name=name) for name in COLUMNS},
        agenttype_reporters={type(government): _STATE for government in governments}
        if agent_data
        else None,
    )


def _outcome(model: RegionModel, name: str) -> float:
    return model.latest[name]


def _parochial(government: LocalGovernment) -> float:
    return government.leader.parochial


def _years_left(government: LocalGovernment) -> int:
    return government.leader.years_left


def _trusted(government: LocalGovernment) -> float:
    return government.trusted


def _dues(government: LocalGovernment) -> float:
    return government.dues


# Named functions, which can be pickled.
_STATE = {
    "parochial": _parochial,
    "years_left": _years_left,
    "trusted": _trusted,
    "dues": _dues,
}
