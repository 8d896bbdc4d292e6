"""A decision that somebody else takes: a function that travels with its model."""

from __future__ import annotations

import copy
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import Any, Self, SupportsIndex

from kernegotiate.scenario import ScenarioError

BY_VALUE = {"cloudpickle", "dill"}
"""Libraries that pickle a function by its code, and not only by its name."""


@dataclass(frozen=True)
class TakeOver:
    """Who takes one decision of one government instead of its leader.

    A copy of the model asks the same function; an object with a memory is copied along. Pickle
    knows a function by its module and name alone, so one that is not found there is refused.
    """

    government: str
    decision: str
    by: Callable[..., Any]

    def __call__(self, government: Any, matter: Any) -> Any:
        """Ask."""
        return self.by(government, matter)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        other = memo[id(self)] = object.__new__(type(self))
        other.__dict__.update(copy.deepcopy(self.__dict__, memo))
        return other

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        if isinstance(self.by, FunctionType) and not _is_found(self.by) and not _by_value():
            raise ScenarioError(
                f"{self.decision} of {self.government} is taken over by {self.by.__qualname__}, "
                "which cannot be pickled; allowed is a function at the top of a module, or "
                "pickling by cloudpickle."
            )
        return super().__reduce_ex__(protocol)


def _is_found(function: FunctionType) -> bool:
    """Whether a function stands where its name says."""
    place: Any = sys.modules.get(function.__module__)
    for name in function.__qualname__.split("."):
        place = getattr(place, name, None)
    return place is function


def _by_value() -> bool:
    """Whether one of those libraries is pickling; it does not tell the objects that it pickles."""
    frame = inspect.currentframe()
    while frame is not None:
        if str(frame.f_globals.get("__name__")).partition(".")[0] in BY_VALUE:
            return True
        frame = frame.f_back
    return False
