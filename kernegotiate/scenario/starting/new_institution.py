"""Write the file of a new institution: every lever with its meaning, at the values of another."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.idle_levers import NEEDS
from kernegotiate.scenario.institution import Institution
from kernegotiate.scenario.library import load_institution
from kernegotiate.scenario.parameter import parameters
from kernegotiate.scenario.starting.folder import check_new, write_all
from kernegotiate.scenario.starting.toml_text import about, comment, toml

START = "none"


def new_institution(path: Path, start: str | Path = START, *, force: bool = False) -> Institution:
    """Write an institution file that loads at once.

    Args:
        path: The file, which ends in ``.toml``.
        start: Name or path of the institution whose values it begins with.
        force: Whether a file that is there may be written over.

    Returns:
        The institution, as it was loaded from the file.

    Raises:
        ScenarioError: The file is there already, or the start is none.
    """
    if path.suffix.lower() != ".toml":
        raise ScenarioError(f"{path}: found a name without .toml, allowed is such as council.toml")
    base = load_institution(start)
    check_new(path, force=force)
    text = "\n".join(_lines(path.stem, base, start)) + "\n"
    write_all(path.parent, {path.name: text})
    return load_institution(path)


def _lines(name: str, base: Institution, start: str | Path) -> Iterator[str]:
    yield from comment(
        f"A start, with the values of {base.name} ({base.title}). Above each lever stand its "
        "meaning, unit, allowed range and null, the value that it has without a coordinator. "
        "`range` is what would be as plausible as the value. What no source gives is an "
        "assumption: a value that you change needs a source of its own."
    )
    yield f"title = {toml(f'{base.title}, changed')}"
    yield '# title_vi = "..."'
    yield f"source = {toml(f'assumption; a start from {start}')}"
    if base.evidence:
        yield from comment(f"Evidence of {base.name}: {', '.join(base.evidence)}.")
    yield '# evidence = ["E17"]'
    yield ""
    yield "[levers]"
    known = [one for one in parameters() if one.part == "levers"]
    for group, members in groupby(known, key=lambda one: one.group):
        yield ""
        yield f"# {group.capitalize()}"
        for lever in members:
            yield from about(lever, f"null {toml(lever.default)}")
            if lever.name in NEEDS:
                _, needed, lack = NEEDS[lever.name]
                yield from comment(f"does nothing while {lack}; set {needed} too", 4)
            yield f"{lever.name} = {_entry(base, lever.name)}"


def _entry(base: Institution, lever: str) -> str:
    """The value of a lever and what backs it."""
    note = base.note(lever)
    parts = [f"value = {toml(getattr(base.levers, lever))}"]
    if note and note.range:
        whole = isinstance(getattr(base.levers, lever), int)
        parts.append(f"range = {toml([int(end) if whole else end for end in note.range])}")
    parts.append(f"source = {toml(note.source if note else 'assumption')}")
    return f"{{ {', '.join(parts)} }}"
