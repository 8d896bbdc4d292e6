"""Refuse a release whose files do not agree on what they are.

    python tools/release.py v1.2.3

The tag, the package, `pyproject.toml`, `CITATION.cff` and the changelog must name one version, and
`dist/` must hold the wheel and the source archive of that version and nothing else.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def versions(root: Path = ROOT) -> dict[str, str]:
    """The version by the file that names it."""
    package = (root / "kernegotiate" / "__init__.py").read_text(encoding="utf-8")
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "kernegotiate/__init__.py": _first(r'^__version__ = "(.+)"$', package),
        "pyproject.toml": str(project["project"]["version"]),
        "CITATION.cff": _first(r"^version: (\S+)$", citation),
    }


def problems(tag: str, root: Path = ROOT) -> list[str]:
    """What is wrong with releasing the present files under a tag, one sentence each."""
    wanted = tag.removeprefix("v")
    found = [
        f"{file}: found version {version or 'none'}, allowed is {wanted} as in the tag"
        for file, version in versions(root).items()
        if version != wanted
    ]
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## \[{re.escape(wanted)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE):
        found.append(f"CHANGELOG.md: there is no heading '## [{wanted}] - YYYY-MM-DD'")
    made = {path.name for path in (root / "dist").glob("*")}
    expected = {f"kernegotiate-{wanted}-py3-none-any.whl", f"kernegotiate-{wanted}.tar.gz"}
    if made != expected:
        found.append(
            f"dist: found {', '.join(sorted(made)) or 'nothing'}, "
            f"allowed are {' and '.join(sorted(expected))}"
        )
    return found


def _first(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.MULTILINE)
    return match[1] if match else ""


def main(words: list[str]) -> int:
    """Check the release that the only word names; return the exit code."""
    if len(words) != 1:
        print("release: needs one word, the tag, such as v1.2.3", file=sys.stderr)
        return 2
    found = problems(words[0])
    for sentence in found:
        print(f"release: {sentence}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
