"""What every region's SOURCES.md says: how its tables are laid out, totals, notices."""

from collections.abc import Iterable, Sequence

from tools.regions.unit import Unit

WORDS = (
    "**Found** is read in the source named, **derived** computed from a found and another figure, "
    "**recalled** not found but written from memory of the statistic named, to be replaced before "
    "it is relied on."
)
ALIKE = {
    "land_dependence": (
        "land dependence",
        "0.3",
        "assumption; that land revenue makes governments resist binding plans is E115",
    ),
    "ceiling": (
        "ceiling",
        "a year's dues may exceed the budget by 0.4 of it",
        "assumption; that ceilings differ by locality is E70",
    ),
}


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [list(header), ["---"] * len(header), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines) + "\n"


def totals(units: Sequence[Unit], currency: str) -> str:
    """What population, GRDP and budgets add up to."""
    people, grdp = sum(one.population for one in units), sum(one.grdp for one in units)
    told = [f"population {people:,} persons", f"GRDP {grdp:,.1f} {currency}"]
    if all(one.budget is not None for one in units):
        told.append(f"budgets {sum(one.budget or 0.0 for one in units):,.1f} {currency}")
    return f"**Totals of the {len(units)} governments.** {'; '.join(told)}.".replace("** p", "** P")


def page(title: str, *parts: str) -> str:
    """A page of parts with a blank line between them."""
    text = "\n\n".join(
        part.strip("\n") for part in (f"# {title}: sources, licences, quality", *parts) if part
    )
    return text + "\n"


def bullets(texts: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {text}" for text in texts)
