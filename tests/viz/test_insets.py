"""Far parts of a region stand in a frame nearer by; all else stays where it was."""

from typing import Any

import numpy as np
import pytest

import viz.sheet
from kernegotiate.scenario import load_scenario, scenario_names
from kernegotiate.scenario.shapes import inside
from viz.insets import inset
from viz.outline import corners, outlines, parts, stretch
from viz.sheet import sheet

FRAMED = {"ker_mekong", "mekong_delta", "mekong_delta_2025", "north_central_coast_2025"}


def square(west: float, south: float, side: float = 1.0) -> list[list[list[float]]]:
    """A part of an area, degrees."""
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def region(*parts_of: list[Any]) -> dict[str, Any]:
    """A region of areas, each given as its parts."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "MultiPolygon", "coordinates": one},
            }
            for one in parts_of
        ],
    }


COAST = [square(0, 0, 2), square(2, 0, 2), square(0, 2, 2)]  # an L, with room in its corner
FAR = region(COAST, [square(8, 3, 0.5)])


def test_a_far_island_moves_into_a_frame_and_the_rest_stays() -> None:
    shapes, frames = inset(FAR, 1.0)
    ((west, north), (east, south)) = frames[0]
    assert len(frames) == 1
    assert shapes["features"][0]["geometry"]["coordinates"] == COAST
    (island,) = parts(shapes["features"][1]["geometry"])
    assert (island > [west, south]).all()
    assert (island < [east, north]).all()
    assert np.ptp(island, axis=0) == pytest.approx([0.5, 0.5])  # as large as it is
    assert corners(shapes)[1][0] == pytest.approx(4.0)  # the map is half as wide


def test_it_keeps_its_holes_and_comes_out_the_same_every_time() -> None:
    hole = [[8.1, 3.1], [8.2, 3.1], [8.2, 3.2], [8.1, 3.1]]
    holed = region(COAST, [[*square(8, 3, 0.5), hole]])
    shapes, frames = inset(holed, 1.0)
    outer, inner = map(np.array, shapes["features"][1]["geometry"]["coordinates"][0])
    assert inner - outer[0] == pytest.approx(np.array(hole) - [8, 3])
    assert inset(holed, 1.0) == (shapes, frames)


@pytest.mark.parametrize(
    "shapes",
    [
        region(COAST),  # nothing is far
        region(COAST, [square(4.2, 0, 0.5)]),  # near
        region([square(0, 0, 4)], [square(6, 1, 0.5)]),  # no room beside the rest
        region([square(0, 0, 10)], [square(5, 11.2, 0.3)]),  # the rest would hardly be larger
    ],
    ids=["none", "near", "no room", "no gain"],
)
def test_else_the_map_stays_as_it_is(shapes: dict[str, Any]) -> None:
    found, frames = inset(shapes, 1.0)
    assert found is shapes
    assert frames == []


def test_a_sliver_without_a_corner_in_the_frame_is_land_too() -> None:
    thin = [[[1.5, 3.19], [5, 3.19], [5, 3.2], [1.5, 3.2], [1.5, 3.19]]]
    found, frames = inset(region([*COAST, thin], [square(9, 3, 0.5)]), 1.0)
    for (_, north), (_, south) in frames:
        assert south >= 3.2 or north <= 3.19
    assert frames
    assert found["features"][0]["geometry"]["coordinates"][-1] == thin


@pytest.mark.parametrize("name", scenario_names())
def test_what_moves_in_the_regions_we_ship_meets_no_land(name: str) -> None:
    known = load_scenario(name).region
    before = outlines(known)
    squeeze = stretch(known)
    shapes, frames = inset(before, squeeze)
    assert bool(frames) == (name in FRAMED)
    if not frames:
        assert shapes is before
        return
    for (west, north), (east, south) in frames:
        trial = np.stack(
            np.meshgrid(np.linspace(west, east, 30), np.linspace(south, north, 30)), -1
        )
        for old, new in zip(before["features"], shapes["features"], strict=True):
            kept = [ring.tolist() for ring in parts(old["geometry"])]
            for ring in parts(new["geometry"]):
                if ring.tolist() in kept:  # did not move
                    assert not inside(trial.reshape(-1, 2), ring).any()
    (left, top), (right, low) = corners(shapes)
    (left0, top0), (right0, low0) = corners(before)
    assert right - left <= right0 - left0
    assert top - low <= top0 - low0


def test_a_region_without_far_parts_is_drawn_as_without_the_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("red_river_delta", "tokyo_capital"):
        known = load_scenario(name).region
        now = sheet(name, known)
        monkeypatch.setattr(viz.sheet, "inset", lambda shapes, _: (shapes, []))
        assert sheet(name, known) == now
        monkeypatch.undo()
