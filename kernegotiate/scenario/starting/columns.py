"""Which column of a table is which, and in which unit: told by headers and options, not guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernegotiate.scenario.errors import ScenarioError, close_to, did_you_mean, is_slip_of
from kernegotiate.scenario.starting.headers import EXAMPLES, KINDS, meaning, slip_of, unit_of
from kernegotiate.scenario.starting.plain_words import plain_words
from kernegotiate.scenario.starting.units import SCALES, Unit, amount
from kernegotiate.scenario.text import composed, short

NEEDED = ("name", "population", "grdp")
PEOPLE = {"persons": 1, "thousand": 1_000, "million": 1_000_000}
"""What `--population-unit` may be."""
_SAID = 60  # letters of a header that a command repeats


@dataclass(frozen=True)
class Asked:
    """What somebody said about a table beside the table itself.

    Attributes:
        people: Unit of the population, a word of `PEOPLE`; "" if not said.
        money: Unit of money, a word of `SCALES`; "" if not said.
        currency: Such as VND; "" if not said.
        renamed: Columns of the house's form, or other names, by header.
    """

    people: str = ""
    money: str = ""
    currency: str = ""
    renamed: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Columns:
    """What the columns of a table are.

    Attributes:
        headers: The table's header by column of the house's form.
        factors: What figures are multiplied with, by column: to persons, to the region's unit of
            money, to shares.
        sources: Who says the unit of each: "its header" or the option.
        currency: The region's unit of money, such as ``billion VND``.
        kept: Other columns, by header, and their names.
    """

    headers: Mapping[str, str]
    factors: Mapping[str, float]
    sources: Mapping[str, str]
    currency: str
    kept: Mapping[str, str]


def choose(header: Sequence[str], path: object, asked: Asked, *, has_map: bool) -> Columns:
    """Say what each column of a table is.

    Args:
        header: Names of its columns, "" where there is none.
        path: The table, for messages.
        asked: What was said beside.
        has_map: Whether longitude and latitude can come from a map.

    Raises:
        ScenarioError: A column is missing, misspelt or can be two things, or a unit is not said.
    """
    names = [name for name in dict.fromkeys(header) if name]
    renamed = _renamed(asked.renamed or {}, names, path)
    found = _recognised(names, renamed, path)
    _refuse_slips(names, found, renamed, path)
    kept = {
        name: told if (told := renamed.get(name, name)) not in KINDS else f"{told} (not used)"
        for name in names
        if name not in found.values()
    }
    if len(set(kept.values())) < len(kept):
        raise ScenarioError(f"--rename: two columns of {path} would have one name")
    _check_there(found, list(kept), path, has_map=has_map)
    factors, sources, currency = _units(found, renamed, asked, path)
    return Columns(found, factors, sources, currency, kept)


def _renamed(wanted: Mapping[str, str], names: Sequence[str], path: object) -> dict[str, str]:
    """New names by header; whatever is a slip of a column is refused."""
    found = {}
    for old, new in wanted.items():
        match = [name for name in names if composed(name) == composed(" ".join(old.split()))]
        match = match or [name for name in names if plain_words(name) == plain_words(old)]
        if not match:
            raise ScenarioError(
                f"--rename: {path} has no column '{old}', {did_you_mean(old, names)}"
            )
        if new not in KINDS and is_slip_of(new, KINDS):
            raise ScenarioError(f"--rename: found '{new}', {did_you_mean(new, KINDS)}")
        found[match[0]] = new
    twice = [new for new in KINDS if list(found.values()).count(new) > 1]
    if twice:
        raise ScenarioError(f"--rename: two columns are to be '{twice[0]}', allowed is one")
    return found


def _recognised(names: Sequence[str], renamed: Mapping[str, str], path: object) -> dict[str, str]:
    """Header by column of the house's form."""
    found = {new: old for old, new in renamed.items() if new in KINDS}
    for column in KINDS:
        if column in found:
            continue
        able = [
            name
            for name in names
            if name not in renamed and (known := meaning(name)) and known.column == column
        ]
        exact = [name for name in able if "_".join(plain_words(name)) == column]
        if len(able) > 1 and len(exact) != 1:
            told = ", ".join(f"'{short(name)}'" for name in able)
            raise ScenarioError(
                f"{path}: {told} can each be {column}; say which, such as "
                f'--rename "{short(able[-1])}={column}"'
            )
        if able:
            found[column] = (exact or able)[0]
    if "name" not in found and "name_vi" in found:
        found["name"] = found["name_vi"]  # in plain letters
    return {column: found[column] for column in KINDS if column in found}


def _refuse_slips(
    names: Sequence[str], found: Mapping[str, str], renamed: Mapping[str, str], path: object
) -> None:
    slips = {
        name: column
        for name in names
        if name not in found.values() and name not in renamed
        if (column := slip_of(name)) and column not in found
    }
    if slips:
        told = ", ".join(f"'{short(one)}' (did you mean {what}?)" for one, what in slips.items())
        name, column = next(iter(slips.items()))
        raise ScenarioError(
            f"{path}: unknown column{'s' if len(slips) > 1 else ''} {told}; "
            f'mend the header or say --rename "{short(name)}={column}"'
        )


def _check_there(
    found: Mapping[str, str], others: Sequence[str], path: object, *, has_map: bool
) -> None:
    """Name all columns that a region needs and that are not there."""
    missing = [column for column in NEEDED if column not in found]
    places = [column for column in ("lon", "lat") if column not in found]
    if len(places) == 1 or (places and not has_map):
        missing += places
    if not missing:
        return
    told = ", ".join(f"'{short(name, 25)}'" for name in others[:4])
    candidate = close_to(missing[0], others) or next(iter(others), "")
    candidate = candidate if 0 < len(candidate) <= _SAID else "My header"
    row = ", ".join(f"{header}={EXAMPLES[header]}" for header in EXAMPLES)
    maps = " or --map" if "lon" in missing and "lat" in missing else ""
    raise ScenarioError(
        f"{path}: no column is {', '.join(missing)}{f' (found {told})' if told else ''}; a row "
        f'needs such as {row}; add what is missing{maps}, or --rename "{candidate}={missing[0]}"'
    )


def _units(
    found: Mapping[str, str], renamed: Mapping[str, str], asked: Asked, path: object
) -> tuple[dict[str, float], dict[str, str], str]:
    """Factor of each column, who says so, and the region's unit of money."""
    units = {
        column: unit_of(header, column) if header in renamed else _stated(header)
        for column, header in found.items()
    }
    people = units["population"]
    money = {column: units[column] for column in units if KINDS[column] == "money"}
    lacks = [] if people.scale or asked.people else ["population"]
    lacks += [column for column, unit in money.items() if not (unit.scale or asked.money)]
    currencies = {unit.currency for unit in money.values() if unit.currency}
    _check_stated(people, money, currencies, asked, path)
    if lacks or not (currencies or asked.currency):
        raise _question(found, lacks, bool(currencies or asked.currency), path)
    sources, factors = {}, dict.fromkeys(found, 1.0)
    factors["population"] = people.scale or PEOPLE[asked.people]
    sources["population"] = "its header" if people.scale else "--population-unit"
    scales = {column: unit.scale or SCALES[asked.money] for column, unit in money.items()}
    smallest = min(scales.values())
    whole = max(scale for scale in SCALES.values() if scale <= smallest)
    for column, scale in scales.items():
        factors[column] = scale / whole
        sources[column] = "its header" if money[column].scale else "--money-unit"
    for column in ("land_dependence", "ceiling"):
        if column in units:
            factors[column] = units[column].scale or 1.0
            sources[column] = "its header" if units[column].scale else "the form, a share"
    return factors, sources, amount(whole, asked.currency or currencies.pop())


def _stated(header: str) -> Unit:
    told = meaning(header)
    return told.unit if told else Unit(None, "", ())


def _check_stated(
    people: Unit, money: Mapping[str, Unit], currencies: set[str], asked: Asked, path: object
) -> None:
    """Refuse what headers say in two ways, or otherwise than an option that nothing else needs."""
    if asked.people and people.scale not in (None, PEOPLE[asked.people]):
        raise _contradiction("--population-unit", asked.people, "population", path)
    scales = [unit.scale for unit in money.values()]
    if asked.money and None not in scales and SCALES[asked.money] not in scales:
        raise _contradiction("--money-unit", asked.money, "grdp", path)
    if len(currencies) > 1 or (asked.currency and currencies - {asked.currency}):
        told = " and ".join(sorted(currencies | ({asked.currency} - {""})))
        raise ScenarioError(f"{path}: found amounts in {told}, allowed is one currency")


def _contradiction(option: str, said: str, column: str, path: object) -> ScenarioError:
    return ScenarioError(
        f"{option}: found {said}, but the header of {column} in {path} says another unit; "
        "leave the option out, or mend the header"
    )


def _question(
    found: Mapping[str, str], lacks: Sequence[str], has_currency: bool, path: object
) -> ScenarioError:
    """Ask for units that neither a header nor an option says."""
    ways = []
    if "population" in lacks:
        ways.append(f"--population-unit ({', '.join(PEOPLE)})")
    if {"grdp", "budget"} & set(lacks):
        ways.append(f"--money-unit ({', '.join(SCALES)})")
    if not has_currency:
        ways.append("--currency, such as VND")
    columns = lacks or ["grdp"]
    told = _listed([f"'{short(found[column])}'" for column in columns])
    what = "unit" if lacks else "currency"
    return ScenarioError(f"{path}: nothing says the {what} of {told}; give {_listed(ways)}")


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
