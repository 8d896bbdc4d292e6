"""A dataset on disk that is whole at every moment, and in which nothing changes unseen.

    folder/manifest.json      what was asked, with contents, hashes and versions
    folder/design.parquet     the design, one row a point of each cell
    folder/parts/*.parquet    one part a chunk, one row a run
    folder/tmp/               what is being written
    folder/damaged/           what was moved aside

Each file carries a hash of itself (`seal.py`), and says to which dataset it belongs and as what. A
part is written under another name, forced to disk and only then renamed: it is there whole or not
at all, whatever kills the process. Which parts are there is all that is known of progress.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kernegotiate.batch import disk
from kernegotiate.batch.chunks import Cut
from kernegotiate.batch.disk import UnfitError, saying
from kernegotiate.batch.listing import PARTS, DamagedError, Problem, listed, part
from kernegotiate.batch.manifest import describe, differs, identity
from kernegotiate.batch.opening import MANIFEST, TMP, begin, begun, read_manifest
from kernegotiate.batch.place import local, named
from kernegotiate.batch.plan import Plan
from kernegotiate.batch.seal import opened_table, sealed_json, sealed_table
from kernegotiate.scenario import ScenarioError

DESIGN, ASIDE = "design.parquet", "damaged"
EACH = 16  # most bytes of a cell on disk, and of all else in a file:
ELSE = 64 * 2**20

Tell = Callable[[str], None]
"""Takes a sentence for the user."""


@dataclass(frozen=True)
class Store:
    """A dataset, finished or not."""

    folder: Path
    manifest: dict[str, Any]
    _seen: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def open(cls, folder: str | Path) -> Store:
        """Open a dataset for reading.

        Raises:
            DamagedError: Its manifest is not as it was written.
            ScenarioError: There is none, or it was made by a version with another format.
        """
        folder = local(folder)
        return cls(folder, read_manifest(folder))

    @classmethod
    def begun(cls, folder: str | Path) -> Store | None:
        """Open a dataset if there is one that can be read; see `open`."""
        folder = local(folder)
        try:
            with saying(folder, "cannot be read"):
                return cls.open(folder) if begun(folder) else None
        except DamagedError:
            return None

    @classmethod
    def claim(
        cls, folder: str | Path, plan: Plan, *, join: bool, tell: Tell = warnings.warn
    ) -> Store:
        """Open a dataset for writing, or begin one.

        Args:
            folder: Of the dataset; made if need be.
            plan: What will be written.
            join: Whether it may have been begun, by an earlier or another process. A manifest or
                a design that is damaged is made anew then.
            tell: Takes sentences on what is moved aside.

        Raises:
            ScenarioError: Something else is there, or what is there comes from another experiment
                or code, or the folder cannot be written.
        """
        folder = local(folder)
        wanted = describe(plan)
        with saying(folder, "cannot be written"):
            if not begun(folder):
                begin(folder, wanted)
            elif not join:
                raise ScenarioError(
                    f"{named(folder)}: a dataset is there; go on with it by resume (--resume), "
                    "or choose another folder"
                )
            try:
                store = cls.open(folder)
            except DamagedError as error:
                store = cls(folder, wanted)
                store._restore(error, tell)
            if difference := differs(store.manifest, wanted):
                raise ScenarioError(f"{named(folder)}: cannot be resumed, {difference}")
            if len(store.manifest["rounds"]) > len(wanted["rounds"]):
                wanted = describe(plan.going_on(store.manifest["rounds"]))
            store._make_room(tell)
            if store.manifest != wanted:  # a further round, or what decides nothing, as a title
                store._put(MANIFEST, sealed_json(wanted))
                store = cls(folder, wanted)
            store._aside(store._problems_of_design(needed=False), tell)
            if not (folder / DESIGN).exists():
                table = pa.Table.from_pandas(plan.design.written())
                store._put(DESIGN, sealed_table(table, store._about(DESIGN)))
        return store

    def done(self) -> set[int]:
        """Chunks of which a part is there, as far as the names say."""
        return set(self._listed()[0])

    def readable(self) -> set[int]:
        """Chunks of which a part is there, where nothing else is and the design is sound.

        Raises:
            DamagedError: Something lies among the parts that is none, or the design is damaged.
        """
        chunks, problems = self._listed()
        for problem in (*self._problems_of_design(needed=bool(chunks)), *problems):
            raise self._damaged(problem)
        return set(chunks)

    def verify(self, chunks: Iterable[int] | None = None) -> list[Problem]:
        """Read everything that is there and find what is not as it was written.

        That something is missing yet is no problem.

        Args:
            chunks: Parts to look at, and no design; all of it by default.

        Raises:
            ScenarioError: The system cannot read, as when file handles are exhausted.
        """
        there, found = self._listed()
        if chunks is None:
            found = [*self._problems_of_design(needed=bool(there)), *found]
        else:
            wanted = set(chunks)
            found = [one for one in found if one.chunk is None or one.chunk in wanted]
            there = {chunk: path for chunk, path in there.items() if chunk in wanted}
        for chunk, path in sorted(there.items()):
            try:
                self._opened(path, chunk, anew=True)
            except UnfitError as error:
                if os.path.lexists(path):  # unless it was moved aside meanwhile
                    found.append(Problem(part(chunk), str(error), chunk))
        return found

    def mend(self, chunks: Iterable[int], tell: Tell = warnings.warn) -> None:
        """Make ready for writing: move aside what is wrong, see whether the folder can be written.

        What is wrong are damaged parts, what lies among the parts but is none, and files that a
        killed process left half-written.

        Args:
            chunks: Parts to look at.
            tell: Takes a sentence on each.

        Raises:
            ScenarioError: It cannot be moved, or what is missing could not be written.
        """
        chunks = list(chunks)
        with saying(self.folder, "cannot be written"):
            disk.sweep(self.folder / TMP)
            self._aside(self.verify(chunks), tell)
            if not self.done().issuperset(chunks):
                disk.probe(self.folder / TMP)
                disk.probe(self.folder / PARTS)

    def write(self, chunk: int, table: pa.Table) -> None:
        """Keep a chunk.

        Raises:
            ScenarioError: It cannot be written; nothing of it is there then.
        """
        with saying(self.folder, "cannot be written"):
            self._put(part(chunk), sealed_table(table, self._about(chunk)))

    @property
    def cut(self) -> Cut:
        """How it is cut into chunks."""
        chunk, rounds = self.manifest["chunk"], tuple(self.manifest["rounds"])
        return Cut(self.manifest["points"], rounds, chunk["runs"], chunk["least"])

    def tables(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Rows in order, part after part; see `table`."""
        for chunk in sorted(self.readable()):
            yield self.table(chunk, columns)

    def table(self, chunk: int, columns: Sequence[str] | None = None) -> pa.Table:
        """Rows of a chunk that is there.

        Raises:
            DamagedError: The part is not as it was written.
        """
        path = self.folder / part(chunk)
        try:
            with saying(path, "cannot be read"):
                file = self._opened(path, chunk)
                return file.read(columns=None if columns is None else list(columns))
        except UnfitError as error:
            raise self._damaged(Problem(part(chunk), str(error), chunk)) from None

    def rows(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """All rows that are there, in order; see `table`."""
        tables = list(self.tables(columns))
        return pa.concat_tables(tables).to_pandas() if tables else pd.DataFrame()

    def design(self) -> pd.DataFrame:
        """The design, one row a point of each cell.

        Raises:
            DamagedError: It is not as it was written.
        """
        try:
            found: pd.DataFrame = self._design().read().to_pandas()
        except UnfitError as error:
            raise self._damaged(Problem(DESIGN, str(error))) from None
        return found

    @cached_property
    def _identity(self) -> str:
        return identity(self.manifest)

    def _about(self, what: int | str) -> dict[str, Any]:
        """What a file of the dataset says of itself."""
        return {"dataset": self._identity, "part": what}

    def _listed(self) -> tuple[dict[int, Path], list[Problem]]:
        """See `listing.listed`; parts of a round that another process has begun are no problem."""
        there, problems = listed(self.folder, self.cut.chunks)
        if problems:
            now = type(self)(self.folder, read_manifest(self.folder))
            problems = listed(self.folder, now.cut.chunks)[1]
        return there, problems

    def _opened(self, path: Path, chunk: int, *, anew: bool = False) -> pq.ParquetFile:
        """Open a part; its hash is checked the first time, and again when the file has changed.

        Raises:
            UnfitError: It is not as it was written.
        """
        seen = _state(path)
        if seen and not anew and self._seen.get(chunk) == seen:
            return pq.ParquetFile(pa.OSFile(os.fsencode(path)))
        points, runs = self.cut.where(chunk)
        cells = len(points) * len(runs) * (len(self.manifest["outcomes"]) + 16)
        file = self._sound(path, chunk, cells)
        if seen:
            self._seen[chunk] = seen
        return file

    def _sound(self, path: Path, what: int | str, cells: int) -> pq.ParquetFile:
        """Open a file of this dataset.

        Args:
            path: The file.
            what: It should be: number of a part, or the design.
            cells: That it has at most, so that no more than that is read.

        Raises:
            UnfitError: It is not as it was written, or something else.
        """
        with saying(path, "cannot be read"):
            file, about = opened_table(disk.read(path, ELSE + EACH * cells))
        if about.get("dataset") != self._identity:
            raise UnfitError("belongs to another dataset (other settings, seed or code)")
        if about.get("part") != what:
            raise UnfitError(f"is not what its name says: it is part {about.get('part')}")
        return file

    def _design(self) -> pq.ParquetFile:
        made = self.manifest["design"]
        return self._sound(
            self.folder / DESIGN, DESIGN, made["rows"] * (2 * len(made["factors"]) + 1)
        )

    def _problems_of_design(self, *, needed: bool) -> list[Problem]:
        """What is wrong with the design; it is there before any part is."""
        try:
            if needed or os.path.lexists(self.folder / DESIGN):
                self._design()
        except UnfitError as error:
            return [Problem(DESIGN, str(error))]
        return []

    def _damaged(self, problem: Problem) -> DamagedError:
        """What to say where something cannot be read."""
        advice = "nothing is shown of a damaged dataset, --resume makes anew what is missing"
        return DamagedError(self.folder, problem, advice)

    def _make_room(self, tell: Tell) -> None:
        """Make the folders."""
        for name in (TMP, PARTS):
            if os.path.lexists(self.folder / name) and not (self.folder / name).is_dir():
                self._aside([Problem(name, "is a file, allowed is a folder")], tell)
            (self.folder / name).mkdir(exist_ok=True)

    def _put(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all."""
        disk.put(self.folder / name, data, self.folder / TMP)

    def _aside(self, problems: Iterable[Problem], tell: Tell) -> None:
        """Move what is wrong to where nobody reads it."""
        for problem in problems:
            path, folder = self.folder / problem.file, self.folder / ASIDE
            folder.mkdir(exist_ok=True)
            number = 0
            while os.path.lexists(target := folder / f"{path.name}{f'.{number}' * (number > 0)}"):
                number += 1
            try:
                path.rename(target)
            except FileNotFoundError:  # another process did
                continue
            if problem.chunk is not None:
                with suppress(UnfitError):  # another process has made it anew meanwhile
                    self._opened(target, problem.chunk, anew=True)
                    target.replace(path)
                    continue
            tell(f"{problem}; it was moved to {ASIDE}/{named(target.name)}.")

    def _restore(self, damage: DamagedError, tell: Tell) -> None:
        """Make a damaged manifest anew, if the parts say that this is theirs.

        Raises:
            DamagedError: They do not, or there may be further rounds of which nothing is known.
        """
        self._make_room(tell)
        there, problems = listed(self.folder, self.cut.chunks)
        own = 0
        for chunk, path in there.items():
            with suppress(UnfitError):
                self._opened(path, chunk)
                own += 1
        if (there and not own) or (problems and self.manifest["precision"] is None):
            raise damage
        self._aside([damage.problem], tell)
        disk.create(self.folder / MANIFEST, sealed_json(self.manifest), self.folder / TMP)


def _state(path: Path) -> tuple[int, ...]:
    """What changes when a file does; nothing if there is none."""
    try:
        found = path.lstat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
