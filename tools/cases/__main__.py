"""Command line of the cases' pages."""

import argparse
import sys

import kernegotiate as kn
from tools.cases.figure import draw
from tools.cases.levels import write_levels
from tools.cases.notes import read_notes
from tools.cases.pages import FOLDER, pages
from tools.cases.results import read_results, write_results
from tools.docs_pages import repository
from tools.docs_pages.pages import write


def main() -> int:
    """Simulate all cases, draw them and write their pages below `docs/cases/`."""
    parser = argparse.ArgumentParser(prog="python -m tools.cases")
    parser.add_argument("--kept", action="store_true", help="take the tables on disk as they are")
    asked = parser.parse_args()
    root = repository()
    if not asked.kept:
        write_results(root)
        write_levels(root, {case: notes.levels for case, notes in read_notes(root).items()})
    _, table = read_results(root)
    for case in kn.case_names():
        draw(table[table["case"] == case], root / FOLDER / f"{case}.svg")
    for path in write(pages(root)):
        sys.stdout.write(f"{path.relative_to(root).as_posix()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
