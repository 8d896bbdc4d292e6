"""What the window draws, without a browser."""

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

import kernegotiate as kn
from viz import map, outcomes, trust  # noqa: A004
from viz.outline import anchors, discs, largest_ring, outlines
from viz.view import View, look
from viz.words import ENGLISH


def views(coordinator: str) -> Iterator[View]:
    """Every year of a run."""
    model = kn.RegionModel(coordinator=coordinator, rng=1)
    yield look(model)
    while not model.is_over:
        model.step()
        yield look(model)


@pytest.fixture(scope="module")
def council() -> View:
    """The end of a run."""
    return list(views("advisory_council"))[-1]


def test_the_map_shows_works_under_way_open_and_dead() -> None:
    seen: set[str] = set()
    for view in views("conditional_funding"):
        drawn = map.picture(view, map.sheet("delta", view.region), ENGLISH, 12)["series"]
        assert [s["type"] for s in drawn] == ["map", "lines", "lines", "lines", "scatter"]
        opened, under_way, died = (bool(s["data"]) for s in drawn[1:4])
        status = [work.status for work in view.works.values()]
        assert opened == ("completed" in status)
        assert under_way == ("under way" in status)
        assert died == ("died" in view.now)
        chips = "".join(d["label"]["formatter"] for d in drawn[4]["data"])
        assert sum(numbers(chips, "died")) == view.history.died.iloc[-1]
        assert sum(numbers(chips, "open")) == view.history.completed.iloc[-1]
        seen |= {s["name"] for s in drawn[1:4] if s["data"]}
    assert seen == {"under way", "open", "died this year"}


def test_trust_is_shown_only_between_partners(council: View) -> None:
    cells = trust.picture(council, ENGLISH, 12)["series"][0]["data"]
    assert len(cells) == np.isfinite(council.trust).sum()
    for cell in cells:
        column, row, value = cell["value"]
        assert value == round(council.trust[row, column], 4)


def test_curves_start_at_nothing_and_end_at_the_latest(council: View) -> None:
    for option in (outcomes.success(council, 12), outcomes.worth(council, 12)):
        for series in option["series"]:
            assert series["data"][0] == (0, 0.0)
            latest = round(council.history[series["name"]].iloc[-1], 1)
            assert series["data"][-1] == (council.year, latest)


def test_names_stand_inside_their_areas(council: View) -> None:
    shapes = outlines(council.region)
    for (x, y), feature in zip(anchors(shapes), shapes["features"], strict=True):
        ring = largest_ring(feature["geometry"])
        assert crossings(x, y, ring) % 2 == 1


def test_a_region_without_outlines_gets_discs_that_do_not_touch(council: View) -> None:
    bare = council.region.changed("test", geometry=None)
    shapes = outlines(bare)
    assert [f["properties"]["name"] for f in shapes["features"]] == list(bare.codes)
    for (x, y), g in zip(anchors(shapes), bare.governments, strict=True):
        assert abs(x - g.lon) < 0.02
        assert abs(y - g.lat) < 0.02
    rings = [np.array(shape["coordinates"][0]) for shape in discs(bare)]
    for a, b in itertools.combinations(rings, 2):
        assert np.hypot(*(a[:, None] - b[None]).T).min() > 0.0


def numbers(chips: str, style: str) -> Iterator[int]:
    """Numbers on the chips of a style."""
    for part in chips.split(f"{{{style}|")[1:]:
        yield int(part.split("}")[0])


def crossings(x: float, y: float, ring: np.ndarray) -> int:
    """How often a ray to the east crosses the ring."""
    count = 0
    for (x1, y1), (x2, y2) in itertools.pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            count += 1
    return count
