"""The memory of a world as the plain year reads it: the same bytes, without the price of records.

A record array takes some 3 us for `project[p].cost` in plain Python, and a year asks for thousands
of fields. A C structure over the same bytes, from the standard library, takes a tenth of one, and
gives Python's own numbers. The engine's compiled rules take the arrays as they are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from kernegotiate.engine.layout import World

PLAINLY_READ = ("gov", "project", "party", "coordinator", "tally")
"""Arrays of which plain pieces of the year read and write single fields."""


class Rows(dict[Any, Any]):
    """Structures by their place, a number or a tuple of numbers; each is made when first asked for.

    Args:
        array: Structured memory that may be written to.
    """

    def __init__(self, array: np.ndarray) -> None:
        super().__init__()
        kind: Any = _structure(array.dtype)
        for length in reversed(array.shape):
            kind = kind * length
        self._memory = kind.from_buffer(array)

    def __missing__(self, place: Any) -> Any:
        row = self._memory
        for number in place if isinstance(place, tuple) else (place,):
            row = row[number]
        self[place] = row
        return row


class Structures(np.ndarray):
    """An array to compiled code; structures, by their place, to plain code."""

    rows: Rows

    def __getitem__(self, place: Any) -> Any:  # forty thousand times a run
        return self.rows[place]


def readable(world: World) -> World:
    """The same memory, for one year of plain code.

    Args:
        world: Memory of a model.

    Returns:
        Arrays whose places (`project[p]`, `party[p, i]`) are structures with the fields of
        `engine/layout.py` as Python's own numbers. They are for reading and writing single
        fields, and for handing on to compiled rules; slices and whole fields they do not give.
    """
    return world._replace(**{name: _structures(getattr(world, name)) for name in PLAINLY_READ})


def _structures(array: np.ndarray) -> Structures:
    view = array.view(Structures)
    view.rows = Rows(array)
    return view


@lru_cache
def _structure(dtype: np.dtype[Any]) -> Any:
    return np.ctypeslib.as_ctypes_type(dtype)
