"""History matching: which points survive targets, on figures with a known answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kernegotiate.analysis.validation.box import Box
from kernegotiate.analysis.validation.fact import Fact
from kernegotiate.analysis.validation.files import fact_names, load_fact, load_targets
from kernegotiate.analysis.validation.matching import moved_table, survivors, targets_table
from kernegotiate.analysis.validation.summary import Tables, facts_table, ranking_table
from kernegotiate.analysis.validation.targets_page import what_survives
from kernegotiate.analysis.validation.validation import Validation, validate

POINTS = 200


def made(answers: dict[str, list[str]], box: Box) -> Validation:
    """A validation in which the targets have these answers at the points."""
    targets = [one for one in load_targets() if one.name in answers]
    rows = [
        (name, 0, point, answer, 0.1, 0.0, 1.0)
        for name, given in answers.items()
        for point, answer in enumerate(given)
    ]
    names = ["fact", "part", "point", "answer", "value", "least", "sign"]
    table = pd.DataFrame(rows, columns=names)
    return Validation(
        (), box, pd.DataFrame(), None, pd.DataFrame(), tuple(targets), table, 2, 1, {}, False
    )


@pytest.fixture(scope="module")
def box() -> Box:
    return Box.sample(POINTS, 1)


def test_a_point_survives_unless_a_target_rules_it_out(box: Box) -> None:
    """Unclear is not ruled out; one target is enough."""
    rest = ["right"] * (POINTS - 4)
    found = made(
        {
            "G1": ["right", "opposite", "unclear", "right", *rest],
            "G2": ["right", "right", "unclear", "opposite", *rest],
        },
        box,
    )
    assert survivors(found).tolist() == [True, False, True, False, *[True] * (POINTS - 4)]
    table = targets_table(found).set_index("target")
    assert table["out"].to_dict() == {"G1": 1 / POINTS, "G2": 1 / POINTS, "all": 2 / POINTS}


def test_a_parameter_that_survives_in_a_part_of_its_range_has_moved(box: Box) -> None:
    """All with trust below the middle are ruled out: it has moved, and nothing else."""
    low = box.shares["trust"] < 0.5
    found = made({"G1": np.where(low, "opposite", "right").tolist()}, box)
    table = moved_table(found)
    assert table.loc[table["moved"], "parameter"].tolist() == ["trust"]
    first = table.iloc[0]
    assert first["mean"] == pytest.approx(0.75, abs=0.02)
    assert (first["low"], first["high"]) == pytest.approx((0.55, 0.95), abs=0.02)


def test_nothing_has_moved_where_points_are_ruled_out_at_random(box: Box) -> None:
    out = np.random.default_rng(5).random(POINTS) < 0.5
    found = made({"G1": np.where(out, "opposite", "right").tolist()}, box)
    assert not moved_table(found)["moved"].any()


def test_where_nothing_is_left_nothing_is_said(box: Box) -> None:
    found = made({"G1": ["opposite"] * POINTS}, box)
    assert len(moved_table(found)) == 0
    assert targets_table(found)["out"].tolist() == [1.0, 1.0]


def test_targets_are_no_facts() -> None:
    """What the model is judged by is not what it is fitted to: no target has a fact's evidence."""
    targets = load_targets()
    assert [one.name for one in targets] == ["G1", "G2", "G3", "G4"]
    assert {one.kind for one in targets} == {"target"}
    facts = [load_fact(name) for name in fact_names()]
    assert "target" not in {fact.kind for fact in facts}

    def asked(fact: Fact) -> set[tuple[object, ...]]:
        return {
            (fact.arms[arm].institution, tuple(fact.arms[arm].set), part.measure.words, part.claim)
            for part in fact.parts
            for arm in part.arms
        }

    of_facts = set().union(*map(asked, facts))
    assert not of_facts & set().union(*map(asked, targets))


@pytest.mark.slow
def test_facts_and_rankings_are_told_on_what_survives() -> None:
    found = validate(["SF28"], targets=True, ranking=True, points=12, runs=4)
    alive = survivors(found)
    facts = facts_table(found).iloc[0]
    assert facts["points"] == 12
    assert facts["points_within"] == alive.sum()
    ranks = ranking_table(found)
    by_measure = ranks.groupby("measure")["within"].sum()
    assert by_measure.tolist() == pytest.approx([1.0] * len(by_measure))
    text = "\n".join(what_survives(found, Tables.of(found)))
    assert "| SF28 |" in text
    assert "| G3 |" in text
    plain = validate(["SF28"], points=12, runs=4)
    assert plain.targets == ()
    assert "points_within" not in facts_table(plain)
