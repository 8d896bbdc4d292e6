"""The words that the command line understands; imports nothing heavy: help comes at once."""

import argparse
import re
from collections.abc import Callable
from typing import NoReturn

from kernegotiate import __version__
from kernegotiate.cli.parser_of_new import add_check, add_new

KINDS = ("scenarios", "cases", "institutions", "experiments", "levers", "parameters", "outcomes")

EXAMPLES = """\
examples:
  kernegotiate list
  kernegotiate describe empowered_board
  kernegotiate new region delta --governments delta.xlsx --map delta.geojson
  kernegotiate run mekong_delta --coordinator advisory_council --seed 7
  kernegotiate compare mekong_delta none lga empowered_board --runs 500 --set trust=0.3
  kernegotiate explain mekong_delta --coordinator none lga --figure why.png
  kernegotiate demo
  kernegotiate experiment run coordinators --out results/coordinators
  kernegotiate experiment verify results/coordinators
  kernegotiate app
"""


class Parser(argparse.ArgumentParser):
    """A parser that refuses as everything here does: one short sentence, whatever it was given."""

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Parse; words that nobody understands are told by the command that was given them."""
        found, left = super().parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}")
        return found, left

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave."""
        from kernegotiate.scenario import ScenarioError

        self.exit(2, f"{self.prog}: {ScenarioError(message)}; see {self.prog} --help\n")


def build_parser() -> argparse.ArgumentParser:
    """Build the parser; each command names the module that answers it."""
    parser = Parser(
        prog="kernegotiate",
        description="Simulate how neighbouring governments negotiate over shared projects.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"kernegotiate {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, module: str, does: str) -> argparse.ArgumentParser:
        known = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
        known.set_defaults(module=module)
        known.add_argument("--json", action="store_true", help="print one JSON document instead")
        return known

    listing = command("list", "list", "list what there is to study")
    listing.add_argument(
        "what",
        nargs="?",
        choices=KINDS,
        metavar="WHAT",
        help=f"list only one kind: {', '.join(KINDS)}",
    )

    describing = command(
        "describe", "describe", "say what something is, its unit, range and source"
    )
    describing.add_argument(
        "name", metavar="NAME", help="name of anything that `list` shows, or path of a TOML file"
    )

    add_new(commands)
    add_check(command)

    running = command("run", "run", "run one institution once and tell what happens")
    running.add_argument(
        "scenario", metavar="SCENARIO", help="name of a built-in one, or path of a TOML file"
    )
    running.add_argument(
        "--coordinator",
        metavar="C",
        help="name of a built-in institution, or path of a TOML file (default: that of the case, "
        "or advisory_council)",
    )
    running.add_argument(
        "--years",
        type=_whole(1),
        metavar="N",
        help="let projects arrive for N years (default: the scenario's)",
    )
    running.add_argument(
        "--out",
        metavar="DIR",
        help="also write events, votes, promises, projects and outcomes into the folder DIR",
    )
    _add_seed(running, 1)
    _add_settings(running)

    comparing = command(
        "compare", "compare", "compare institutions on the same leaders and projects"
    )
    comparing.add_argument(
        "scenario", metavar="SCENARIO", help="name of a built-in one, or path of a TOML file"
    )
    comparing.add_argument(
        "coordinators",
        metavar="C",
        nargs="*",
        help="names or paths of institutions; the others are compared with the first (default for "
        "a case: its own, none and empowered_board)",
    )
    _add_amount(comparing, 1000, 1)
    _add_precision(comparing)
    _add_settings(comparing)

    explaining = command(
        "explain", "explain", "say where the best possible went, and why good works were not built"
    )
    explaining.add_argument(
        "scenario", metavar="SCENARIO", help="name of a built-in one, or path of a TOML file"
    )
    explaining.add_argument(
        "--coordinator",
        dest="coordinators",
        metavar="C",
        nargs="+",
        action="extend",
        default=[],
        help="names or paths of institutions; the others are compared with the first (default for "
        "a case: its own, none and empowered_board)",
    )
    explaining.add_argument(
        "--figure",
        metavar="FILE",
        help="also draw a figure into FILE, which ends in .png, .svg or .pdf",
    )
    _add_amount(explaining, 1000, 1)
    _add_settings(explaining)

    asking = command(
        "what-if", "what_if", "compare an institution with changed settings to what it usually is"
    )
    asking.add_argument(
        "scenario", metavar="SCENARIO", help="name of a built-in one, or path of a TOML file"
    )
    asking.add_argument(
        "coordinator", metavar="C", help="name of a built-in one, or path of a TOML file"
    )
    _add_amount(asking, 1000, 1)
    _add_settings(asking)

    showing = command("demo", "demo", "run the experiment that comes with the package")
    _add_amount(showing, None, None)

    _add_experiment(commands)
    _add_validation(command)

    opening = commands.add_parser(
        "app",
        help="open the workshop window in the browser: watch, compare, ask what if",
        description="Open the workshop window in the browser; stop it with Ctrl-C.",
    )
    opening.set_defaults(module="app", json=False)
    opening.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="offer this scenario or institution (TOML) of yours beside the built-in ones",
    )
    opening.add_argument(
        "--port",
        type=_whole(1, 65535),
        metavar="N",
        default=8765,
        help="serve at this port (default: %(default)s)",
    )
    opening.add_argument(
        "--share",
        action="store_true",
        help="let other machines of this network open the window; otherwise only this one can",
    )
    opening.add_argument(
        "--map",
        metavar="FILE",
        help="draw maps from this GeoJSON file, such as an official one; its ids are the codes",
    )
    opening.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="open no browser, only say where the window is",
    )
    return parser


def _add_experiment(commands: "argparse._SubParsersAction[Parser]") -> None:
    """`experiment` and what can be done with one."""
    does = "run an experiment into a folder, resume it, verify it, show what it says"
    experiment = commands.add_parser(
        "experiment", help=does, description=f"{does[0].upper()}{does[1:]}."
    )
    actions = experiment.add_subparsers(title="actions", metavar="ACTION", required=True)

    def action(name: str, does: str) -> argparse.ArgumentParser:
        known = actions.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
        known.set_defaults(module="experiment", action=name)
        known.add_argument("--json", action="store_true", help="print one JSON document instead")
        return known

    running = action("run", "run an experiment into a folder, as Parquet that others can read")
    running.add_argument(
        "name", metavar="NAME", help="name of a built-in one, or path of a TOML file"
    )
    running.add_argument("--out", metavar="DIR", required=True, help="the dataset's folder")
    running.add_argument(
        "--runs",
        type=_whole(1),
        metavar="N",
        help="simulate each point N times (default: the experiment's)",
    )
    _add_seed(running, None)
    _add_precision(running)
    running.add_argument(
        "--resume",
        action="store_true",
        help="go on with the dataset in DIR: do whatever of it is missing or damaged",
    )
    running.add_argument(
        "--workers",
        type=_whole(1),
        metavar="N",
        help="use at most N workers (default: one for each core)",
    )
    running.add_argument(
        "--shard",
        metavar="I/N",
        help="do only part I of N, as one of N processes that share the folder",
    )
    running.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="let this Dask scheduler do the work; `local` starts one (kernegotiate[cluster])",
    )
    for name, does in (
        ("status", "say how far a dataset is"),
        ("verify", "read a dataset and name whatever in it is not as it was written"),
        ("show", "show estimates, paired effects, claims; indices of a Sobol or Morris design"),
    ):
        known = action(name, does)
        known.add_argument("folder", metavar="DIR", help="the dataset's folder")
    known.add_argument(
        "--outcome",
        dest="outcomes",
        metavar="NAME",
        nargs="+",
        help="show these outcomes (default: the experiment's)",
    )


def _add_validation(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """`validate`: facts, how many runs, and where to."""
    holding = command(
        "validate", "validate", "hold facts of the field against the model, some minutes for all"
    )
    holding.add_argument(
        "--only", metavar="ID", nargs="+", help="hold only these shipped ones, such as SF03"
    )
    holding.add_argument(
        "--facts", metavar="FILE", nargs="+", help="hold facts of these TOML files or folders"
    )
    holding.add_argument(
        "--points",
        type=_whole(2),
        metavar="N",
        default=256,
        help="take N points of the plausible box (default: %(default)s)",
    )
    holding.add_argument(
        "--runs",
        type=_whole(2),
        metavar="N",
        default=100,
        help="simulate each arm N times at each point (default: %(default)s)",
    )
    _add_seed(holding, 1)
    holding.add_argument(
        "--threads",
        type=_whole(1),
        metavar="N",
        help="use at most N threads (default: one for each core)",
    )
    holding.add_argument(
        "--out", metavar="DIR", help="keep all runs in the folder DIR, so that --resume can go on"
    )
    holding.add_argument(
        "--resume", action="store_true", help="go on with the runs in the folder of --out"
    )
    holding.add_argument(
        "--report", metavar="DIR", help="write validation.md, its figures and tables into DIR"
    )
    holding.add_argument(
        "--beside",
        metavar="FILE",
        help="show the facts.csv of an earlier report beside, what got better and what worse",
    )
    holding.add_argument(
        "--off",
        action="store_true",
        help="put the mechanism of each fact into neutral form: none should be reproduced",
    )
    _add_settings(holding)


def _add_amount(parser: argparse.ArgumentParser, runs: int | None, seed: int | None) -> None:
    """Options of what runs many times."""
    told = "the experiment's" if runs is None else "%(default)s"
    parser.add_argument(
        "--runs",
        type=_whole(2),
        metavar="N",
        default=runs,
        help=f"simulate each institution N times (default: {told})",
    )
    parser.add_argument(
        "--threads",
        type=_whole(1),
        metavar="N",
        help="use at most N threads (default: one for each core)",
    )
    _add_seed(parser, seed)


def _add_seed(parser: argparse.ArgumentParser, seed: int | None) -> None:
    told = "the experiment's" if seed is None else "%(default)s"
    parser.add_argument(
        "--seed",
        type=_whole(0),
        metavar="N",
        default=seed,
        help=f"take all draws from seed N (default: {told})",
    )


def _add_precision(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--precision",
        type=float,
        metavar="P",
        help="add runs until no interval of a difference is wider than P to either side",
    )


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        dest="settings",
        action="extend",
        nargs="+",
        default=[],
        metavar="KEY=VALUE",
        help="set levers and parameters, which `kernegotiate list parameters` lists",
    )


def _whole(low: int, high: int = 2**63 - 1) -> Callable[[str], int]:
    """Read a whole number from `low` to `high`."""
    most = "2^63 - 1" if high == 2**63 - 1 else str(high)

    def read(text: str) -> int:
        # As everywhere: `int` alone also takes 1_0 and the digits of other scripts.
        is_whole = re.fullmatch(r"[+-]?\d{1,30}", text.strip(), re.ASCII)
        value = int(text) if is_whole else low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(
                f"found '{text}', allowed is a whole number from {low} to {most}"
            )
        return value

    return read
