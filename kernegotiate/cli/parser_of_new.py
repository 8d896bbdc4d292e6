"""The words of `new` and `check`, which begin a study and look one over."""

import argparse
from collections.abc import Callable
from typing import Any

PEOPLE = ("persons", "thousand", "million")
MONEY = ("one", "thousand", "million", "billion", "trillion")

Command = Callable[[str, str, str], argparse.ArgumentParser]


def add_check(command: Command) -> None:
    """`check`: a file."""
    checking = command(
        "check",
        "check",
        "say whether a file will work, and all that is wrong with it, before a run",
    )
    checking.add_argument(
        "file",
        metavar="FILE",
        help="a scenario, an institution or an experiment (TOML), or a region's table (CSV, .xlsx)",
    )


def add_new(commands: "argparse._SubParsersAction[Any]") -> None:
    """`new`: what can be begun."""
    does = "begin a region from a table and a map, or an institution from another"
    new = commands.add_parser("new", help=does, description=f"{does[0].upper()}{does[1:]}.")
    kinds = new.add_subparsers(title="kinds", metavar="KIND", required=True)

    def kind(name: str, does: str) -> argparse.ArgumentParser:
        known: argparse.ArgumentParser = kinds.add_parser(
            name, help=does, description=f"{does[0].upper()}{does[1:]}."
        )
        known.set_defaults(module="new", kind=name)
        known.add_argument("--json", action="store_true", help="print one JSON document instead")
        known.add_argument(
            "--force", action="store_true", help="write over the files of a former start"
        )
        return known

    _add_region(kind("region", "write a scenario that runs, from a table of governments"))
    institution = kind("institution", "write an institution file with every lever and its meaning")
    institution.add_argument("file", metavar="FILE", help="the new file, which ends in .toml")
    institution.add_argument(
        "--from",
        dest="start",
        metavar="C",
        default="none",
        help="begin with the values of this institution, a name or a path (default: %(default)s)",
    )


def _add_region(region: argparse.ArgumentParser) -> None:
    region.add_argument("folder", metavar="DIR", help="a new or empty folder for its files")
    region.add_argument(
        "--governments",
        metavar="FILE",
        required=True,
        help="table with a row a government, CSV or .xlsx, headers in English or Vietnamese",
    )
    region.add_argument(
        "--map", metavar="FILE", help="GeoJSON with an area a government, by its code or its name"
    )
    region.add_argument(
        "--population-unit",
        dest="people",
        choices=PEOPLE,
        default="",
        help="unit of the population, where its header does not say",
    )
    region.add_argument(
        "--money-unit",
        dest="money",
        choices=MONEY,
        default="",
        help="multiple of the currency in GRDP and budgets, where their headers do not say",
    )
    region.add_argument(
        "--currency", metavar="CODE", default="", help="such as VND, where no header says"
    )
    region.add_argument(
        "--rename",
        metavar="HEADER=COLUMN",
        nargs="+",
        action="extend",
        default=[],
        help='say which column a header is, such as "Dân số TB=population"',
    )
    region.add_argument("--title", default="", help="of the scenario (default: the folder's name)")
