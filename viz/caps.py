"""How far a link, a saved file or a slider may go where more is endless work, not another answer.

Each of these bounds a loop of every year: talks go on while drafts are left, and projects are
tabled while slots are. The command line and files of a facilitator know no such bound: whoever
starts those waits alone, but in the window everybody waits with who has opened a link.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kernegotiate.batch.factor import parameter

CAPS: Mapping[str, int] = MappingProxyType(
    {
        "rounds": 60,  # drafts of a motion
        "own_rounds": 20,  # drafts of a motion
        "meeting_capacity": 100,  # slots a year
        "own_talks": 10,  # slots a government and year
    }
)
"""The most that may be asked for, by keyword: some three times the end of the slider or more."""


def interval(name: str) -> str:
    """The range that the window allows of a setting, in interval notation."""
    known = parameter(name)
    if name not in CAPS:
        return known.interval or "(-inf, inf)"
    return f"[{known.low or 0:g}, {CAPS[name]}]"
