"""A dataset on disk that is whole at every moment.

    folder/manifest.json      what was asked, with contents, hashes and versions
    folder/design.parquet     the design, one row a point of each cell
    folder/parts/*.parquet    one part a chunk, one row a run
    folder/tmp/               what is being written

A part is written under another name, forced to disk and only then renamed: it is there whole or not
at all, whatever kills the process. Which parts are there is all that is known of progress.
"""

from __future__ import annotations

import io
import json
import os
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kernegotiate.batch.cut import Cut
from kernegotiate.batch.manifest import describe, differs
from kernegotiate.batch.plan import FORMAT, Plan
from kernegotiate.scenario import ScenarioError

PART = re.compile(r"part-(\d{7})\.parquet")


@dataclass(frozen=True)
class Store:
    """A dataset, finished or not."""

    folder: Path
    manifest: dict[str, Any]

    @classmethod
    def open(cls, folder: str | Path) -> Store:
        """Open a dataset for reading.

        Raises:
            ScenarioError: There is none, or it was made by a version with another format.
        """
        folder = Path(folder)
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            raise ScenarioError(f"{folder}: there is no dataset (no manifest.json)") from None
        except (OSError, ValueError) as error:
            raise ScenarioError(f"{folder}: manifest.json cannot be read ({error})") from None
        found = manifest.get("format") if isinstance(manifest, dict) else None
        if found != FORMAT:
            raise ScenarioError(
                f"{folder}: manifest.json: found format {json.dumps(found)}, allowed is {FORMAT}; "
                "use the version of kernegotiate that made the dataset, or make it again"
            )
        return cls(folder, manifest)

    @classmethod
    def begun(cls, folder: str | Path) -> Store | None:
        """Open a dataset if there is one; see `open`."""
        return cls.open(folder) if (Path(folder) / "manifest.json").exists() else None

    @classmethod
    def claim(cls, folder: str | Path, plan: Plan, *, join: bool) -> Store:
        """Open a dataset for writing, or begin one.

        Args:
            folder: Of the dataset; made if need be.
            plan: What will be written.
            join: Whether it may have been begun, by an earlier or another process.

        Raises:
            ScenarioError: Something else is there, or what is there comes from another experiment
                or code.
        """
        folder = Path(folder)
        wanted = describe(plan)
        try:
            if not (folder / "manifest.json").exists():
                _begin(folder, wanted)
            elif not join:
                raise ScenarioError(
                    f"{folder}: a dataset is there; go on with it by resume (--resume), "
                    "or choose another folder"
                )
            store = cls.open(folder)
            if difference := differs(store.manifest, wanted):
                raise ScenarioError(f"{folder}: cannot be resumed, {difference}")
            if len(store.manifest["rounds"]) > len(wanted["rounds"]):
                wanted = describe(plan.going_on(store.manifest["rounds"]))
            if store.manifest != wanted:  # a further round, or what decides nothing, as a title
                store.put("manifest.json", written(wanted))
                store = cls(folder, wanted)
            if not (folder / "design.parquet").exists():
                store.put("design.parquet", parquet(pa.Table.from_pandas(plan.design.written())))
        except OSError as error:
            raise ScenarioError(f"{folder}: cannot be written ({error.strerror})") from None
        return store

    def done(self) -> set[int]:
        """Chunks that are there."""
        names = (PART.fullmatch(path.name) for path in (self.folder / "parts").glob("*"))
        return {int(name[1]) for name in names if name}

    def write(self, chunk: int, table: pa.Table) -> None:
        """Keep a chunk. What a killed process left of it goes.

        Raises:
            ScenarioError: It cannot be written; nothing of it is there then.
        """
        name = f"part-{chunk:07d}.parquet"
        try:
            self.put(f"parts/{name}", parquet(table))
            for left in (self.folder / "tmp").glob(f"{name}.*"):
                left.unlink(missing_ok=True)
        except OSError as error:
            raise ScenarioError(f"{self.folder}: cannot be written ({error.strerror})") from None

    @property
    def cut(self) -> Cut:
        """How it is cut into chunks."""
        chunk, rounds = self.manifest["chunk"], tuple(self.manifest["rounds"])
        return Cut(self.manifest["points"], rounds, chunk["runs"], chunk["least"])

    def tables(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Rows in order, part after part."""
        for chunk in sorted(self.done()):
            yield self.table(chunk, columns)

    def table(self, chunk: int, columns: Sequence[str] | None = None) -> pa.Table:
        """Rows of a chunk that is there."""
        path = self.folder / "parts" / f"part-{chunk:07d}.parquet"
        return pq.ParquetFile(path).read(columns=None if columns is None else list(columns))

    def rows(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """All rows that are there, in order."""
        tables = list(self.tables(columns))
        return pa.concat_tables(tables).to_pandas() if tables else pd.DataFrame()

    def design(self) -> pd.DataFrame:
        """The design, one row a point of each cell."""
        return pd.read_parquet(self.folder / "design.parquet")

    def put(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all."""
        target = self.folder / name
        target.parent.mkdir(exist_ok=True)
        temporary = _write(self.folder, target.name, data)
        temporary.replace(target)
        _to_disk(target.parent)


def written(manifest: dict[str, Any]) -> bytes:
    """A manifest as text."""
    return (json.dumps(manifest, indent=1, allow_nan=False) + "\n").encode()


def parquet(table: pa.Table) -> bytes:
    """A table as a Parquet file; the same rows give the same bytes."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _begin(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest unless another process does so first."""
    folder.mkdir(parents=True, exist_ok=True)
    if others := sorted({path.name for path in folder.iterdir()} - {"tmp", "manifest.json"}):
        raise ScenarioError(
            f"{folder}: found '{others[0]}' and no dataset, allowed is an empty or a new folder"
        )
    temporary = _write(folder, "manifest.json", written(manifest))
    try:
        os.link(temporary, folder / "manifest.json")  # unlike a rename, never over another one
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        temporary.replace(folder / "manifest.json")
    temporary.unlink(missing_ok=True)
    _to_disk(folder)


def _write(folder: Path, name: str, data: bytes) -> Path:
    """Write and force to disk under a name that nobody else uses."""
    (folder / "tmp").mkdir(exist_ok=True)
    temporary = folder / "tmp" / f"{name}.{uuid.uuid4().hex}"
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return temporary


def _to_disk(folder: Path) -> None:
    """Force the names in a folder to disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
