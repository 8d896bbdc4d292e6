"""Measure speed: four ways to the same runs, a typical model, draws, growth, and whole commands.

    .venv/bin/python -m benchmarks            # all tables, about five minutes on two idle cores
    .venv/bin/python -m benchmarks --write    # and docs/performance.md with its figure
    .venv/bin/python -m benchmarks --quick ways floor

The first run after a change of the engine compiles it, which is not counted. Leave the machine
alone meanwhile: load disturbs the clock, and to a lesser degree processor time.
"""

import argparse
from collections.abc import Sequence

from benchmarks import commands, figure, floor, growth, page, ways
from benchmarks.machine import machine
from benchmarks.measuring import UnequalError, say
from benchmarks.table import Table
from kernegotiate.scenario import KernegotiateError

PARTS = ("ways", "floor", "growth", "commands")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and measure what it asks for."""
    parser = _parser()
    options = parser.parse_args(arguments)
    parts = options.parts or list(PARTS)
    for part in parts:
        if part not in PARTS:
            parser.error(f"found {part!r}, allowed are {', '.join(PARTS)}")
    if options.write and (set(parts) != set(PARTS) or options.quick):
        parser.error("--write goes with all parts and without --quick: the page is of one go")
    try:
        measure(options, parts)
    except (KernegotiateError, UnequalError) as error:
        raise SystemExit(str(error)) from None


def measure(options: argparse.Namespace, parts: Sequence[str]) -> None:
    """Measure these parts one after the other."""
    repeats = 3 if options.quick else options.repeats
    where = machine()
    print(where)
    tables: list[Table] = []

    def show(*found: Table) -> None:
        for table in found:
            tables.append(table)
            print(f"\n{table.text()}", flush=True)

    if "ways" in parts:
        mesa_runs, runs = (4, 2_000) if options.quick else (10, 10_000)
        found = ways.measure(options.coordinator, mesa_runs, runs, repeats)
        show(found.table(), *([found.beside()] if options.coordinator == ways.STORY else []))
    if "floor" in parts:
        draws = floor.measure(2 if options.quick else 10, repeats)
        show(floor.table(draws))
    if "growth" in parts:
        most = 10_000 if options.quick else options.most_runs
        governments = growth.by_governments(growth.GOVERNMENTS, repeats)
        show(growth.table(governments, "governments", 40))
        years = growth.by_years(growth.YEARS, repeats)
        show(growth.table(years, "years", 13))
        runs_ = growth.by_runs([size for size in growth.RUNS if size <= most], repeats)
        show(growth.table_of_runs(runs_))
    if "commands" in parts:
        show(commands.table(commands.measure(repeats)))
    if options.write:
        page.write(tables, where)
        figure.draw(draws, governments, years, runs_, page.FIGURE)
        say(f"Wrote {page.PAGE.name} and {page.FIGURE.name}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure speed, after checking equal answers."
    )
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"any of {', '.join(PARTS)}; all by default"
    )
    parser.add_argument("--coordinator", default="advisory_council", help="of the four ways")
    parser.add_argument("--repeats", type=int, default=5, help="turns of which medians are taken")
    parser.add_argument(
        "--most-runs", type=int, default=1_000_000, help="in one call; a million take minutes"
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, three turns: a look")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md anew")
    return parser


if __name__ == "__main__":
    main()
