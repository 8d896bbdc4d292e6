"""The manifest on disk: read, or begun by exactly one process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kernegotiate.batch import disk
from kernegotiate.batch.disk import UnfitError, saying
from kernegotiate.batch.listing import NOBODYS, TMP, DamagedError, Problem
from kernegotiate.batch.place import named
from kernegotiate.batch.plan import FORMAT
from kernegotiate.batch.seal import opened_json, sealed_json
from kernegotiate.scenario import ScenarioError

MANIFEST = "manifest.json"
LARGEST = 64 * 2**20  # bytes
UNSEALED = 4 * 2**20  # bytes that are parsed although no hash vouches for them


def begun(folder: Path) -> bool:
    """Whether there is a dataset, sound or not.

    Raises:
        OSError: That cannot be known.
    """
    try:
        (folder / MANIFEST).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a dataset.

    Raises:
        DamagedError: It is not as it was written.
        ScenarioError: There is none, or it was made by a version with another format.
    """
    data = b""
    try:
        with saying(folder, "cannot be read"):
            if not begun(folder):
                raise ScenarioError(f"{named(folder)}: there is no dataset (no {MANIFEST})")
            data = disk.read(folder / MANIFEST, LARGEST)
        manifest = opened_json(data)
    except UnfitError as error:
        _check_format(folder, _format(data))
        raise DamagedError(
            folder,
            Problem(MANIFEST, str(error)),
            "put back a copy of it, or let --resume of the same experiment with the same options "
            "make it anew",
        ) from None
    _check_format(folder, manifest["format"])
    return manifest


def begin(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest unless another process does so first.

    Raises:
        ScenarioError: There is something else in the folder, or the manifest is too large.
        OSError: It cannot be written.
    """
    data = sealed_json(manifest)
    if len(data) > LARGEST:
        raise ScenarioError(
            f"{named(folder)}: scenarios and institutions take {len(data):,} bytes in the "
            f"manifest, allowed are {LARGEST:,}"
        )
    folder.mkdir(parents=True, exist_ok=True)
    there = {path.name for path in folder.iterdir()} - {TMP, MANIFEST}
    if others := sorted(name for name in there if not NOBODYS.fullmatch(name)):
        if begun(folder):  # by another process, since the caller looked: parts follow a manifest
            return
        raise ScenarioError(
            f"{named(folder)}: found '{named(others[0])}' and no dataset, allowed is an empty or a "
            "new folder"
        )
    (folder / TMP).mkdir(exist_ok=True)
    disk.create(folder / MANIFEST, data, folder / TMP)


def _format(data: bytes) -> Any:
    """The format that a manifest gives that carries no hash, as those of old; else the present."""
    try:
        found = json.loads(data) if len(data) <= UNSEALED else {"seal": None}
    except (ValueError, RecursionError):
        return FORMAT
    if isinstance(found, dict):
        return FORMAT if "seal" in found else found.get("format")
    return None


def _check_format(folder: Path, found: Any) -> None:
    """Refuse a dataset of another version."""
    if found != FORMAT:
        raise ScenarioError(
            f"{named(folder)}: {MANIFEST}: found format {json.dumps(found)[:20]}, allowed is "
            f"{FORMAT}; use the version of kernegotiate that made the dataset, or make it again"
        )
