"""Damage to documents: keys, types and depth of what a TOML or a JSON file says."""

import copy
import json
import math
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.fuzz import odd

Place = tuple[Any, ...]


def bent(rng: Random, tree: Any) -> Any:
    """A copy with one to three places changed."""
    tree = copy.deepcopy(tree)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        places = list(_places(tree))
        if places:
            _bend(rng, tree, rng.choice(places), rng.choice(places))
    return tree


def toml(tree: dict[str, Any]) -> bytes:
    """A document as TOML, a line for each key at the top; what TOML lacks, as null, is a text."""
    lines = (f"{_word(str(key))} = {_inline(value)}" for key, value in tree.items())
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def as_json(tree: Any) -> bytes:
    """A document as JSON, NaN and all."""
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _places(tree: Any, above: Place = ()) -> Iterator[Place]:
    pairs: Any = ()
    if isinstance(tree, dict):
        pairs = list(tree.items())
    elif isinstance(tree, list):
        pairs = list(enumerate(tree[:40]))
    for key, value in pairs:
        yield (*above, key)
        if len(above) < 12:
            yield from _places(value, (*above, key))


def _bend(rng: Random, tree: Any, place: Place, other: Place) -> None:  # noqa: C901 (ten ways)
    inside = _at(tree, place[:-1])
    key, old = place[-1], inside[place[-1]]
    roll = rng.randrange(10)
    if roll == 0:
        del inside[key]
    elif roll == 1 and isinstance(inside, dict):
        inside[odd.text(rng)] = inside.pop(key)
    elif roll == 2:
        new = copy.deepcopy(old)
        if isinstance(inside, dict):
            inside[odd.text(rng)] = new
        else:
            inside[key:key] = [new] * rng.choice((1, 1, 20))
    elif roll == 3:
        inside[key] = [old]
    elif roll == 4:
        inside[key] = {odd.text(rng): old}
    elif roll == 5:
        inside[key] = _deep(rng, old)
    elif roll == 6:
        inside[key] = copy.deepcopy(_at(tree, other))
    elif roll == 7 and isinstance(old, str):
        inside[key] = rng.choice((old + odd.text(rng), old.upper(), old * 3, old[::-1]))
    elif roll == 8 and isinstance(old, int | float) and not isinstance(old, bool):
        inside[key] = odd.number(rng)
    else:
        inside[key] = odd.value(rng)


def _deep(rng: Random, value: Any) -> Any:
    for _ in range(rng.choice((3, 30, 90))):
        value = [value] if rng.random() < 0.5 else {"x": value}
    return value


def _at(tree: Any, place: Place) -> Any:
    for key in place:
        tree = tree[key]
    return tree


def _word(key: str) -> str:
    return json.dumps(key, ensure_ascii=False).replace("\x7f", "\\u007f")


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**300 else "1" + "0" * 400
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_word(str(k))} = {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return _word(str(value))
