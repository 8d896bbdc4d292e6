"""Governments that have become one are drawn and told as one."""

import json
import math
import re

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.engine.layout import DUES
from viz import feed, map, trust  # noqa: A004
from viz.sheet import sheet
from viz.teller import tell
from viz.view import View
from viz.words import speak
from viz_helpers import REGION, model_of, run_of, views_of

ENGLISH = speak("en")
PLANE = sheet("delta", kn.load_scenario(REGION).region)
RUN = run_of("advisory_council", mergers="12 92 93 94; 20 89 91")
"""An Giang and Kien Giang have finished a work together when they become one."""


@pytest.fixture(scope="module")
def merged() -> View:
    """After both mergers."""
    return views_of(RUN)[22]


def drawn(view: View, chosen: str = "") -> dict:
    """The map as it goes over the network, which knows no NaN."""
    option = map.picture(view, PLANE, ENGLISH, chosen)
    return json.loads(json.dumps(option, allow_nan=False))


def names(option: dict) -> list[str]:
    """Those on the map."""
    return [one["name"] for one in option["places"]]


def test_a_party_stands_once_in_a_work_that_was_over(merged: View) -> None:
    assert any(code == "89-4-0" for code in merged.works)
    for work in merged.works.values():
        for ones in (work.parties, work.inside, work.builders):
            assert len(set(ones)) == len(ones)
            assert set(ones) <= set(merged.standing)


def test_the_map_names_those_that_are_left(merged: View) -> None:
    left = names(drawn(merged))
    assert len(left) == 10
    assert {"Can Tho", "An Giang"} <= set(left)
    assert not {"Hau Giang", "Soc Trang", "Kien Giang"} & set(left)
    assert len(names(drawn(views_of(RUN)[11]))) == 13


def test_borders_inside_a_government_are_painted_over(merged: View) -> None:
    before, after = (drawn(view)["seams"] for view in (views_of(RUN)[11], merged))
    assert before == []
    numbers = merged.numbers
    painted = [("92", "93"), ("93", "94"), ("89", "91")]
    expected = {PLANE.borders[numbers[a], numbers[b]] for a, b in painted}
    assert {seam["path"] for seam in after} == expected


@pytest.mark.parametrize("part", ["92", "93", "94"])
def test_all_parts_are_chosen_together(merged: View, part: str) -> None:
    areas = drawn(merged, part)["areas"]
    assert {one["code"] for one in areas if "chosen" in one["ground"]} == {"92", "93", "94"}
    (inner,) = {seam["ground"] for seam in drawn(merged, part)["seams"]} - {""}
    assert inner == "chosen"


def test_trust_is_that_of_those_that_are_left(merged: View) -> None:
    option = trust.picture(merged, ENGLISH, 12)
    rows = option["yAxis"]["data"]
    assert len(rows) == len(option["xAxis"]["data"]) == 10
    assert rows[6:] == ["An Giang  7", "Can Tho  9", "Bac Lieu  12", "Ca Mau  13"]
    at = {tuple(one["value"][:2]): one["value"][2] for one in option["series"][0]["data"]}
    assert at[5, 6] == pytest.approx(merged.trust[6, 5], abs=1e-4)
    assert (6, 6) not in at
    assert max(max(place) for place in at) == 9


def test_a_purse_holds_what_its_parts_have_paid(merged: View) -> None:
    model = model_of(RUN)
    for _ in range(22):
        model.step()
    parts = [merged.numbers[code] for code in ("89", "91")]
    paid = -float(np.asarray(model.world.ledger)[parts, DUES].sum())
    assert paid > 0.0
    assert merged.purses[parts[0]].works == pytest.approx(paid)


def test_what_a_finished_work_brings_its_members_adds_up() -> None:
    model = model_of(RUN)
    before = {}
    while model.year < 22:
        model.step()
        if model.year == 19:
            before = next(p for p in model.projects if p.code == "89-4-0").own_benefits
    after = next(p for p in model.projects if p.code == "89-4-0").own_benefits
    assert after["89"] == pytest.approx(before["89"] + before["91"])
    assert math.isclose(sum(after.values()), sum(before.values()))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Can Tho, Hau Giang and Soc Trang are one government from now on."),
        ("vi", "Từ năm nay Cần Thơ, Hậu Giang và Sóc Trăng hợp nhất thành một."),
    ],
)
def test_the_feed_names_all_members(language: str, told: str) -> None:
    view = views_of(RUN)[12]
    lines = tell(view, [one for one in view.log if one.year == 12], speak(language))
    assert lines[0].text == told


def test_who_refused_before_a_merger_is_still_told_after_it(merged: View) -> None:
    before, after = (
        tell(view, [one for one in view.log if one.year == 2], ENGLISH)
        for view in (views_of(RUN)[11], merged)
    )
    assert any("all 4 parties refuse" in line.text for line in before)
    assert [line.text for line in after] == [line.text for line in before]


def test_all_governments_are_those_of_the_year() -> None:
    opening = json.dumps(feed.chapters(views_of(RUN)[-1], ENGLISH))
    told = set(re.findall(r"of the (\d+) governments", opening))
    assert told <= {"13", "11", "10"}
    assert "10" in told
