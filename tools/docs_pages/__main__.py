"""Command line of the generated pages."""

import argparse
import sys

from tools.docs_pages.notebook import notebooks
from tools.docs_pages.pages import figures, pages, repository, write
from tools.docs_pages.sweep import write_sweeps


def main() -> int:
    """Write the generated pages below `docs/`; 1 if `--check` finds one stale."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs_pages")
    parser.add_argument("--sweep", action="store_true", help="simulate the figures' numbers anew")
    parser.add_argument("--check", action="store_true", help="write nothing, name stale pages")
    asked = parser.parse_args()
    root = repository()
    if asked.check:
        stale = [
            path
            for path, text in (pages(root) | notebooks(root)).items()
            if not path.exists() or path.read_text(encoding="utf-8") != text
        ]
        for path in stale:
            sys.stdout.write(f"stale: {path.relative_to(root).as_posix()}\n")
        return int(bool(stale))
    if asked.sweep:
        write_sweeps(root)
        figures(root)
    for path in write(pages(root) | notebooks(root)):
        sys.stdout.write(f"{path.relative_to(root).as_posix()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
