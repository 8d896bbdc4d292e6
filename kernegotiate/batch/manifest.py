"""What a dataset says of itself, and whether a plan would go on with the same."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from typing import Any

from kernegotiate.batch.plan import Plan, digest
from kernegotiate.engine.cache import source_hash
from kernegotiate.engine.fingerprint import fingerprint

LIBRARIES = ("numba", "llvmlite", "numpy", "scipy")
"""What computed, told for whoever looks into the folder; other versions give the same bits."""

DECIDE = (
    "format",
    "scenarios",
    "institutions",
    "design",
    "replications",
    "seed",
    "outcomes",
    "chunk",
    "precision",
)
"""What decides the rows, as in `Plan.contents`."""

TELL = (
    *("kernegotiate", "experiment", "content"),
    *("points", "rounds", "chunks", "runs", "precision"),
)
"""What decides no row: what is told, and what follows from the rest or says how many rows."""


def code() -> dict[str, Any]:
    """What computes here; the same engine with the same fingerprint gives the same bits."""
    return {
        "engine": source_hash(),
        "fingerprint": fingerprint(),
        "versions": {name: version(name) for name in LIBRARIES},
        "machine": platform.machine(),
    }


def describe(plan: Plan) -> dict[str, Any]:
    """The manifest of a plan: the same whenever and wherever it is made with the same code."""
    contents = plan.contents
    made = {
        "kernegotiate": version("kernegotiate"),
        "experiment": plan.about,
        "points": plan.points,
        "rounds": list(plan.cut.runs),
        "chunks": plan.chunks,
        "runs": plan.runs,
        **code(),
        "content": digest(contents),
        **contents,
    }
    plain: dict[str, Any] = json.loads(json.dumps(made, allow_nan=False))  # as it is read again
    return plain


def identity(manifest: dict[str, Any]) -> str:
    """What every part of a dataset carries: a hash of all that decides the rows, code included.

    As of the manifest on disk, so that a later version with more to say changes no identity.
    """
    return digest({key: value for key, value in manifest.items() if key not in TELL})


def differs(found: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Why a plan cannot go on with a dataset, in half a sentence; "" if it can.

    A precision may be added to a dataset that was made without one: its rows are the first round.
    """
    changed = [key for key in DECIDE if found.get(key) != wanted[key]]
    if changed == ["precision"] and found["precision"] is not None:
        return (
            f"it was made with {_precision(found)}, and found {_precision(wanted)}; "
            "leave it out, or begin another one"
        )
    if changed and changed != ["precision"]:
        return f"the experiment has changed since (other {', '.join(changed)}); begin another one"
    return other_code(found, wanted)


def _precision(manifest: dict[str, Any]) -> str:
    """The precision of a manifest in words."""
    asked = manifest["precision"]
    if asked is None:
        return "no precision"
    of = " and ".join(asked["outcomes"])
    return f"precision {asked['half']:g} ({asked['confidence']:.4g} intervals of {of})"


def other_code(found: dict[str, Any], wanted: dict[str, Any]) -> str:
    """How two codes differ, in half a sentence; "" if they do not."""
    if found.get("engine") != wanted["engine"]:
        return (
            f"the engine has changed (found {found.get('engine')}, this is {wanted['engine']}); "
            "use the same version, or begin another dataset"
        )
    if found.get("fingerprint") != wanted["fingerprint"]:
        return (
            "this machine rounds otherwise than the one that began it "
            f"(found {found.get('fingerprint')}, this is {wanted['fingerprint']})"
        )
    return ""
