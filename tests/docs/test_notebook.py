"""The notebook shows what its cells do, and what it reckons is what a run gives."""

import json
import re
from pathlib import Path

import pytest

from tools.docs_pages.notebook import executed

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "three_towns.ipynb").read_text(encoding="utf-8")
CELLS = json.loads(TEXT)["cells"]


def printed(word):
    """What the only cell whose source has that word prints."""
    (cell,) = (c for c in CELLS if c["cell_type"] == "code" and word in "".join(c["source"]))
    return "".join("".join(output["text"]) for output in cell["outputs"])


def test_it_shows_what_its_cells_print():
    assert executed(TEXT) == TEXT, "stale: make docs"


def test_other_numbers_would_be_noticed():
    assert executed(TEXT.replace('Areca\\": 10}', 'Areca\\": 11}')) != TEXT
    assert executed(TEXT.replace("quota=0.6", "quota=1.0")) != TEXT


def test_the_votes_on_paper_are_those_of_the_run():
    paper = [
        float(line.split()[-1]) for line in printed("def honest").splitlines() if line[-1:] != "t"
    ]
    table = printed("votes[").splitlines()[1:]
    run = [float(line.split()[3]) for line in table if line.split()[1] in ("A-1-0", "B-1-0")]
    assert paper[0] == run[0] == run[1]
    assert paper[1:] == run[2:]
    assert len(paper) == 7


def test_welfare_is_as_on_paper_and_as_foretold():
    paper = float(printed("information = 0.05 * sum").split()[-1])
    (one,) = re.findall(r"welfare +([\d.]+)$", printed("print(verdict(paper)"), re.MULTILINE)
    (both,) = re.findall(r"welfare +([\d.]+) +([\d.]+)$", printed("quota"), re.MULTILINE)
    assert [float(one), *map(float, both)] == [paper, paper, paper + 60]


def test_it_is_a_notebook_whose_links_lead_somewhere():
    nbformat = pytest.importorskip("nbformat")
    nbformat.validate(json.loads(TEXT))
    prose = "".join("".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "markdown")
    targets = re.findall(r"\]\(([^)\s]+)\)", prose)
    assert targets
    assert all((DOCS / target).is_file() for target in targets)
