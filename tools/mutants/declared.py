"""The mutants as data: which line of which file, what it becomes, which rule that breaks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "kernegotiate"
DECLARED = Path(__file__).parent / "mutants.toml"


@dataclass(frozen=True)
class Mutant:
    """One broken rule."""

    file: str  # below the package, such as engine/talks.py
    rule: str  # what the line makes sure of, in words
    line: str  # as it stands, unique in its file
    becomes: str

    @property
    def path(self) -> Path:
        """The file that it breaks; read, never written."""
        return PACKAGE / self.file

    @property
    def found(self) -> int:
        """How often the line stands in its file; once, if the declaration is up to date."""
        return self.path.read_text(encoding="utf-8").count(self.line)

    def broken(self, source: str) -> str:
        """The source with the rule broken."""
        return source.replace(self.line, self.becomes)


def declared(file: Path = DECLARED) -> list[Mutant]:
    """All mutants, in the order of the file."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return [
        Mutant(name, rule, line, becomes)
        for name, rules in table.items()
        for rule, (line, becomes) in rules.items()
    ]
