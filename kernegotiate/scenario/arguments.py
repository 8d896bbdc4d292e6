"""What a call in Python was given, checked before anything is begun: types a file cannot hold."""

import os
import reprlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numpy as np

from kernegotiate.scenario.errors import ScenarioError


def shown(value: Any) -> str:
    """A value of any kind in a few letters, however large, deep or odd it is."""
    return " ".join(reprlib.repr(value).split())


def as_path(what: str, value: Any) -> Path:
    """A path from a text or a path; see `check_path`."""
    check_path(what, value)
    return Path(value)


def check_path(what: str, value: Any) -> None:
    """Refuse what is no path.

    Args:
        what: Of which thing, to name in an error.
        value: A text or a path.

    Raises:
        ScenarioError: It is something else.
    """
    if isinstance(value, bytes) or not isinstance(value, str | os.PathLike):
        raise ScenarioError(f"{what}: found {shown(value)}, allowed is a path")


def as_names(what: str, value: Any) -> tuple[Any, ...]:
    """The items of a list; one text is not taken for its letters.

    Args:
        what: What is listed, to name in an error.
        value: A list, or anything like one.

    Raises:
        ScenarioError: It is no list.
    """
    try:
        listed = None if isinstance(value, str | bytes) else tuple(value)
    except TypeError:  # also of an array without a dimension, which claims to be iterable
        listed = None
    if listed is None:
        raise ScenarioError(f"{what}: found {shown(value)}, allowed is a list")
    return listed


def known(name: Any, names: Collection[str]) -> bool:
    """Whether something of any type, be it an array, is one of some names."""
    return isinstance(name, str) and name in names


def check_flags(**values: Any) -> None:
    """Refuse what is neither true nor false, such as an array.

    Args:
        **values: By the names to tell in an error.

    Raises:
        ScenarioError: One is something else.
    """
    for name, value in values.items():
        if not isinstance(value, bool | np.bool_):
            raise ScenarioError(f"{name}: found {shown(value)}, allowed is True or False")


def check_progress(value: Callable[[int, int], Any] | None) -> None:
    """Refuse what cannot be told of progress.

    Raises:
        ScenarioError: It is neither None nor a function.
    """
    if value is not None and not callable(value):
        raise ScenarioError(
            f"progress: found {shown(value)}, allowed is a function of two numbers, or None"
        )
