"""A dataset on disk that is whole at every moment, and in which nothing changes unseen.

    folder/manifest.json      what was asked, with contents, hashes and versions
    folder/design.parquet     the design, one row a point of each cell
    folder/parts/*.parquet    one part a chunk or a group of small ones, one row a run
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
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kernegotiate.batch import disk
from kernegotiate.batch.chunks import Cut
from kernegotiate.batch.disk import MissingError, UnfitError, saying
from kernegotiate.batch.holding import Held, State, state
from kernegotiate.batch.listing import (
    PARTS,
    TMP,
    DamagedError,
    Part,
    Problem,
    listed,
    part,
    places,
)
from kernegotiate.batch.manifest import describe, differs, identity
from kernegotiate.batch.merging import merge
from kernegotiate.batch.opening import MANIFEST, begin, begun, read_manifest
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
    _seen: dict[str, State] = field(default_factory=dict, repr=False, compare=False)
    _held: Held = field(default_factory=Held, repr=False, compare=False)

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
            found = [one for one in found if not one.chunks or wanted & set(one.chunks)]
            there = {chunk: one for chunk, one in there.items() if chunk in wanted}
        for one in dict.fromkeys(there.values()):
            try:
                self._opened(one, anew=True)
            except UnfitError as error:
                if os.path.lexists(self.folder / one.file):  # unless it was moved meanwhile
                    found.append(Problem(one.file, str(error), one.chunks))
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
        one, group = part(range(chunk, chunk + 1)), self.cut.group(chunk)
        with saying(self.folder, "cannot be written"):
            if len(group) > 1 and self._is_sound(part(group)):
                return  # another process did it, too, and has put it together with others
            self._put(one.file, sealed_table(table, self._about(chunk)))

    def merge(self) -> None:
        """Put small parts together where all chunks of a group are there.

        Raises:
            ScenarioError: They cannot be read or written, or one is not as it was written.
        """
        there = self.done()
        for group in self.cut.groups():
            if there.issuperset(group):
                with saying(self.folder, "cannot be written"):
                    merge(self.folder, group, self._is_sound, partial(self._merged, group))

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
        for one in places(self.cut, chunk):
            try:
                with saying(self.folder / one.file, "cannot be read"):
                    return self._rows_of(one, chunk, columns)
            except MissingError as error:  # unless it is in the next place
                problem = Problem(one.file, str(error), one.chunks)
            except UnfitError as error:
                problem = Problem(one.file, str(error), one.chunks)
                break
        raise self._damaged(problem)

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

    def _about(self, what: int | str | list[int]) -> dict[str, Any]:
        """What a file of the dataset says of itself."""
        return {"dataset": self._identity, "part": what}

    def _merged(self, group: range) -> bytes:
        """The part of a group, from those of its chunks."""
        tables = [self.table(chunk) for chunk in group]
        return sealed_table(
            pa.concat_tables(tables).combine_chunks(), self._about(part(group).says)
        )

    def _rows_of(self, one: Part, chunk: int, columns: Sequence[str] | None) -> pa.Table:
        """Rows of a chunk from a part that holds it; those of a group are held for the next one.

        Raises:
            UnfitError: The part is not as it was written.
        """
        if len(one.chunks) == 1:
            return self._read(one, columns)
        key = one, state(self.folder / one.file), columns
        return self._held.rows(self.cut, chunk, key, partial(self._read, one, columns))

    def _read(self, one: Part, columns: Sequence[str] | None) -> pa.Table:
        file = self._opened(one)
        return file.read(columns=None if columns is None else list(columns))

    def _listed(self) -> tuple[dict[int, Part], list[Problem]]:
        """See `listing.listed`; parts of a round that another process has begun are no problem."""
        there, problems = listed(self.folder, self.cut)
        if problems:
            now = type(self)(self.folder, read_manifest(self.folder))
            problems = listed(self.folder, now.cut)[1]
        return there, problems

    def _is_sound(self, one: Part) -> bool:
        try:
            self._opened(one)
        except UnfitError:
            return False
        return True

    def _opened(self, one: Part, path: Path | None = None, *, anew: bool = False) -> pq.ParquetFile:
        """Open a part; its hash is checked the first time, and again when the file has changed.

        Args:
            one: Which.
            path: Where it is, if it was moved.
            anew: Check it in any case.

        Raises:
            UnfitError: It is not as it was written.
        """
        path = path or self.folder / one.file
        seen = state(path)
        if seen and not anew and self._seen.get(one.file) == seen:
            with suppress(FileNotFoundError):  # unless it went to another place meanwhile
                return pq.ParquetFile(pa.OSFile(os.fsencode(path)))
        cells = self.cut.rows(one.chunks) * (len(self.manifest["outcomes"]) + 16)
        file = self._sound(path, one.says, cells)
        if seen:
            self._seen[one.file] = seen
        return file

    def _sound(self, path: Path, what: int | str | list[int], cells: int) -> pq.ParquetFile:
        """Open a file of this dataset.

        Args:
            path: The file.
            what: It should be: number of a part, first and last of a group, or the design.
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
            if problem.chunks:
                with suppress(UnfitError):  # another process has made it anew meanwhile
                    self._opened(Part(problem.file, problem.chunks), target, anew=True)
                    target.replace(path)
                    continue
            tell(f"{problem}; it was moved to {ASIDE}/{named(target.name)}.")

    def _restore(self, damage: DamagedError, tell: Tell) -> None:
        """Make a damaged manifest anew, if the parts say that this is theirs.

        Raises:
            DamagedError: They do not, or there may be further rounds of which nothing is known.
        """
        self._make_room(tell)
        there, problems = listed(self.folder, self.cut)
        own = sum(map(self._is_sound, dict.fromkeys(there.values())))
        if (there and not own) or (problems and self.manifest["precision"] is None):
            raise damage
        self._aside([damage.problem], tell)
        disk.create(self.folder / MANIFEST, sealed_json(self.manifest), self.folder / TMP)
