"""The settings that a visitor may move: all levers, and what is assumed of leaders and trust."""

from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any

from kernegotiate.batch.factor import Value, parameter
from kernegotiate.scenario import parameters
from kernegotiate.scenario.idle_levers import NEEDS, idle
from viz.caps import CAPS
from viz.state import State, usual
from viz.words import Words

WORLD = (
    *("term", "term_limit", "renewal", "calendar"),
    *("trust", "parochial_mean", "legacy_mean", "credit_mean"),
)
"""Leaders' terms and weights, and trust at the start."""
FIRST = ("decider", "quota", "sanction", "match_rate", "trust")
"""What a room asks for first: who decides, who must agree, what leaving costs, who pays, trust.

They stand on top as sentences; all others stand behind the headings of their groups.
"""
STEPS = 40  # of a slider, about


@dataclass(frozen=True)
class Knob:
    """A setting as it is moved.

    Attributes:
        name: Its keyword.
        group: Under which heading it stands.
        type: As in `Parameter`: number, whole number, flag or choice.
        low: Lowest value of the slider.
        high: Highest value of the slider.
        step: Of the slider.
        choices: Words of a choice.
    """

    name: str
    group: str
    type: str
    low: float
    high: float
    step: float
    choices: tuple[str, ...]


@cache
def knobs() -> tuple[Knob, ...]:
    """All of them, group by group."""
    levers = [one.name for one in parameters() if one.part == "levers"]
    return tuple(
        _knob(name, "" if name in WORLD else parameter(name).group) for name in (*levers, *WORLD)
    )


def shown(state: State, words: Words) -> list[dict[str, Any]]:
    """Groups of settings with their values, as the page takes them."""
    values = state.run.settings
    asleep = {lever for lever, _ in idle(state.run.resolved()[1].levers)}
    groups: dict[str, list[dict[str, Any]]] = {}
    for knob in knobs():
        preset = usual(state.preset, knob.name)
        value = values.get(knob.name, preset)
        group = "first" if knob.name in FIRST else knob.group or "world"
        groups.setdefault(group, []).append(
            {
                "name": knob.name,
                "label": words.settings[knob.name],
                "unit": words.units.get(knob.name, ""),
                "type": knob.type,
                "value": value,
                "told": words.value(value),
                "usual": f"{words.usual}: {words.value(preset)}",
                "changed": value != preset,
                "idle": _idle(state, knob.name, words)
                if knob.name in asleep and value != preset
                else "",
                "low": min(knob.low, *(_number(one, knob.low) for one in (preset, value))),
                "high": min(
                    max(knob.high, *(_number(one, knob.high) for one in (preset, value))),
                    CAPS.get(knob.name, inf),
                ),
                "step": knob.step,
                "choices": [{"value": one, "label": words.value(one)} for one in knob.choices],
            }
        )
    ordered = {"first": sorted(groups.pop("first"), key=lambda one: FIRST.index(one["name"]))}
    return [
        {"title": words.groups[group], "knobs": here} for group, here in (ordered | groups).items()
    ]


def _idle(state: State, name: str, words: Words) -> str:
    """Which other lever makes that a lever does nothing, and where it stands."""
    other = NEEDS[name][1]
    at = words.value(usual(state.run, other))
    return words.idle.format(setting=words.settings[other], value=at)


def _knob(name: str, group: str) -> Knob:
    known = parameter(name)
    low, high = known.plausible or (known.low or 0.0, known.high or 1.0)
    step = 1.0 if known.type == "whole number" else _round((high - low) / STEPS)
    return Knob(name, group, known.type, low, high, step, known.choices)


def _round(step: float) -> float:
    """A step of 1, 2 or 5 times a power of ten."""
    nice = (m * 10.0**e for e in range(-5, 4) for m in (1, 2, 5))
    return next(one for one in nice if one >= step * 0.8)


def _number(value: Value, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) else otherwise
