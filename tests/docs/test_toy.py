"""The page that reckons three towns by hand: equations hold, tables are what a run gives."""

import re
from functools import cache
from pathlib import Path

import pytest

import kernegotiate as kn
from kernegotiate.engine.losses import LINES
from kernegotiate.scenario import load_scenario

PAGE = (Path(__file__).parents[2] / "docs/toy.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```", "", PAGE, flags=re.MULTILINE | re.DOTALL)
SPANS = re.findall(r"`([^`]+)`", PROSE.replace("\n", " "))
NUMBER = r"-?[\d.]+"
EQUATIONS = [span for span in SPANS if "=" in span]


def tables():
    """Tables of the page by their first two heads: rows of cells."""
    found = {}
    for block in re.findall(r"(?:^\|.*\|\n)+", PAGE, flags=re.MULTILINE):
        head, _, *rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()
        ]
        found.setdefault(tuple(head[:2]), []).append((head, rows))
    return found


@cache
def run(coordinator):
    model = kn.RegionModel("three_towns", coordinator, rng=1)
    while model.running:
        model.step()
    return model


def shown(value):
    """A number as the page writes it."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


@pytest.mark.parametrize("equation", EQUATIONS)
def test_every_equation_holds(equation):
    left, right = equation.split("=")
    assert re.fullmatch(r"[\d.+\-*/() ]+", left + right), "only numbers"
    figures = re.search(r"\.(\d+)", right)
    allowed = 0.5001 * 10.0 ** -len(figures.group(1)) if figures else 1e-9
    assert eval(left) == pytest.approx(eval(right), rel=1e-9, abs=allowed)


def test_there_is_no_figure_outside_equations_and_tables():
    """A bare number between backticks is one that the data or an equation has."""
    text = re.sub(r"`[^`]*`|^\|.*$|\]\([^)]*\)|\([wc] = [01]\)", "", PROSE, flags=re.MULTILINE)
    assert re.findall(r"[^\s]*\d[^\s]*", text) == []
    known = set(re.findall(NUMBER, " ".join(EQUATIONS)))
    known |= {"0.5", "0.9", "3", "0", "1/2", "1/4"}  # of the data, or a share of 1 by k
    for span in SPANS:
        if re.fullmatch(rf"{NUMBER}(/\d+)?", span):
            assert span in known, span


@pytest.mark.parametrize(("place", "coordinator"), [(0, "none"), (1, "conditional_funding")])
def test_the_votes_are_those_of_a_run(place, coordinator):
    model, drafts, rows = run(coordinator), {}, []
    seats = {p.code: p for p in model.projects}
    for event in model.log:
        if event.event == "tabled":
            drafts[event.project] = {}
        if event.event == "voted":
            count = drafts[event.project]
            count[event.government] = draft = count.get(event.government, 0) + 1
            rows.append((event, draft, seats[event.project]))
    _, told = tables()["year", "project"][place]
    assert len(told) == len(rows)
    for cells, (event, draft, project) in zip(told, rows, strict=True):
        terms = event.terms
        # Nothing is discounted and w = 1: what one pays is its share.
        share = terms.dues / project.cost
        assert cells == [
            str(event.year), event.project, str(draft), event.government, shown(share),
            shown(terms.own_gain), shown(terms.confidence), shown(terms.honest),
            "yes" if event.amount else "no",
        ]  # fmt: skip


def test_the_projects_are_those_of_the_table():
    names = {g.code: g.name for g in load_scenario("three_towns").region.governments}
    ((_, told),) = tables()["project", "host"]
    table = load_scenario("three_towns").table
    for cells, row in zip(told, table, strict=True):
        assert cells == [
            f"{row.host}-{row.year}-0 {row.kind}", names[row.host],
            ", ".join(names[code] for code in row.parties), shown(row.cost),
            ", ".join(map(shown, row.own)), str(row.life),
        ]  # fmt: skip


def test_outcomes_and_losses_are_those_of_a_run():
    ((_, outcomes),) = tables()["outcome", "none"]
    for name, *cells in outcomes:
        assert cells == [shown(run(c).outcomes()[name]) for c in ("none", "conditional_funding")]
    ((_, lines),) = tables()["line", "none"]
    assert [name for name, *_ in lines] == list(LINES)
    for place, (_, *cells) in enumerate(lines):
        found = [run(c).losses()["line"][place] for c in ("none", "conditional_funding")]
        assert cells == [shown(value) for value in found]


def test_causes_are_those_of_a_run():
    ((head, rows),) = tables()["cause", "A-2-0"]
    causes = {p.code: p.causes for p in run("none").projects}
    told = {
        code: {row[0]: row[1 + place] for row in rows if row[1 + place] != "0"}
        for place, code in enumerate(head[1:])
    }
    assert told == {
        code: {name: shown(part) for name, part in found.items()}
        for code, found in causes.items()
        if found
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("coordinator", ["none", "conditional_funding"])
def test_nothing_on_the_page_is_drawn(seed, coordinator):
    out = kn.simulate("three_towns", coordinator, runs=3, seed=seed).outcomes
    assert (out.nunique(dropna=False) == 1).all()
    assert out.welfare.iloc[0] == pytest.approx(run(coordinator).outcomes()["welfare"])
