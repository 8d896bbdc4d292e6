"""What the window draws, without a browser."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

import kernegotiate as kn
from viz import map, outcomes, palette, trust  # noqa: A004
from viz.chart import LARGE, SMALL, print_for
from viz.outline import anchors, discs, largest_ring, outlines
from viz.view import View
from viz.words import LANGUAGES, Words, speak
from viz_helpers import REGION, run_of, views_of

ENGLISH = speak("en")
SIZE = 12  # pixels of small print


@pytest.fixture(scope="module")
def council() -> View:
    """The end of a run."""
    return views_of(run_of("advisory_council"))[-1]


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Words:
    """The words of each language in turn."""
    return speak(request.param)


@cache
def paper() -> map.Sheet:
    """Of the delta's map."""
    return map.sheet("delta", kn.load_scenario(REGION).region)


def drawn(view: View, words: Words = ENGLISH, chosen: str = "") -> list[dict]:
    """The series of the map."""
    return map.picture(view, paper(), words, SIZE, chosen)["series"]


def chips(text: str, style: str) -> int:
    """The number on a chip of a label; 0 without that chip."""
    found = re.search(rf"\{{{style}\|(\d+)\}}", text)
    return int(found[1]) if found else 0


def test_all_provinces_stand_on_the_map_by_name(council: View, spoken: Words) -> None:
    areas, *_, labels = drawn(council, spoken)
    assert [area["name"] for area in areas["data"]] == list(council.region.codes)
    places = zip(council.region.governments, council.leaders, labels["data"], strict=True)
    for government, leader, label in places:
        assert label["name"] == government.code
        head = label["label"]["formatter"].partition("\n")[0]
        assert head == f"{spoken.place(government)} {{left|{leader.years_left}}}"


def test_what_is_told_of_an_area_is_its_trust_and_its_leaders_time(
    council: View, spoken: Words
) -> None:
    for i, area in enumerate(drawn(council, spoken)[0]["data"]):
        told = area["tooltip"]["formatter"]
        assert spoken.place(council.region.governments[i]) in told
        assert spoken.decimal(council.trusted[i]) in told
        assert told.rstrip().endswith(
            spoken.leader_left.format(years=council.leaders[i].years_left)
        )


def test_only_the_chosen_government_stands_out(council: View) -> None:
    for chosen in ("", "92"):
        option = map.picture(council, paper(), ENGLISH, SIZE, chosen)
        land = option["geo"]["itemStyle"]["areaColor"]
        marked = [one["name"] for one in option["geo"]["regions"]]
        assert [name for name in marked if name in council.region.codes] == [chosen] * bool(chosen)
        for one in option["geo"]["regions"]:
            assert one["itemStyle"]["areaColor"] != land
        assert not any("itemStyle" in area for area in option["series"][0]["data"])


@pytest.mark.parametrize("coordinator", ["advisory_council", "conditional_funding"])
def test_lines_join_the_parties_of_works_under_way_and_open(coordinator: str) -> None:
    seen: Counter[str] = Counter()
    for view in views_of(run_of(coordinator)):
        _, way, opened, broken, _ = drawn(view)
        spots = paper().spots
        for lines, status in ((way, "under way"), (opened, "completed")):
            expected = {
                (spots[work.host], spots[partner])
                for work in view.works.values()
                if work.status == status
                for partner in work.inside
                if partner != work.host
            }
            assert {tuple(line["coords"]) for line in lines["data"]} == expected
            seen[status] += len(expected)
        breakers = {
            spots[view.numbers[event.government]]
            for event in view.log
            if event.event == "reneged" and event.year == view.year
        }
        assert {line["coords"][0] for line in broken["data"]} == breakers
        seen["broken"] += len(breakers)
    assert min(seen.values()) > 0
    assert len(seen) == 3


def test_lines_are_the_thicker_the_more_works_join_two_and_in_the_colour_of_trust(
    council: View,
) -> None:
    spots = paper().spots
    _, _, opened, _, _ = drawn(council)
    works = [w for w in council.works.values() if w.status == "completed"]
    pairs = Counter((w.host, partner) for w in works for partner in w.inside if partner != w.host)
    widths: dict[int, set[float]] = {}
    for line in opened["data"]:
        a, b = (spots.index(end) for end in line["coords"])
        widths.setdefault(pairs[a, b], set()).add(line["lineStyle"]["width"])
        both = [council.trust[a, b], council.trust[b, a]]
        assert line["value"] == pytest.approx(np.mean(both), abs=1e-3)
    assert all(len(width) == 1 for width in widths.values())
    assert [max(widths[n]) for n in sorted(widths)] == sorted(max(w) for w in widths.values())
    assert len(widths) > 1


@pytest.mark.parametrize("coordinator", ["none", "advisory_council", "empowered_board"])
def test_chips_count_works_and_copies(coordinator: str) -> None:
    for view in views_of(run_of(coordinator))[::5]:
        labels = drawn(view)[-1]["data"]
        works = list(view.works.values())
        for i, label in enumerate(labels):
            text = label["label"]["formatter"]
            hosted = Counter(work.status for work in works if work.host == i)
            assert chips(text, "way") == hosted["under way"]
            assert chips(text, "open") == hosted["completed"]
            assert chips(text, "died") == hosted["dead"]
            assert chips(text, "copy") == sum(i in work.builders for work in works)
        texts = [label["label"]["formatter"] for label in labels]
        latest = view.history.iloc[-1]
        assert sum(chips(text, "open") for text in texts) == latest.completed
        assert sum(chips(text, "died") for text in texts) == latest.died


def test_the_legend_is_of_the_language(council: View, spoken: Words) -> None:
    names = [series["name"] for series in drawn(council, spoken)[1:4]]
    assert names == [spoken.under_way, spoken.opened, spoken.broken]


def test_trust_is_shown_only_between_partners(council: View, spoken: Words) -> None:
    option = trust.picture(council, spoken, SIZE)
    names = [spoken.place(government) for government in council.region.governments]
    assert option["xAxis"]["data"] == [str(number) for number in range(1, len(names) + 1)]
    for row, name, column in zip(
        option["yAxis"]["data"], names, option["xAxis"]["data"], strict=True
    ):
        assert row.split("  ") == [name, column]
    cells = option["series"][0]["data"]
    assert len(cells) == np.isfinite(council.trust).sum() < len(names) ** 2
    for cell in cells:
        column, row, value = cell["value"]
        known = council.trust[row, column]
        assert value == round(known, 4)
        assert cell["tooltip"]["formatter"] == spoken.trust_of.format(
            who=names[row], whom=names[column], trust=spoken.decimal(known)
        )


def test_curves_start_at_nothing_and_are_the_history(council: View) -> None:
    for option, columns in (
        (outcomes.success([council], ENGLISH, SIZE), ["arrived", "signed", "completed", "died"]),
        (outcomes.worth([council], ENGLISH, SIZE), ["first_best", "welfare"]),
    ):
        assert [series["name"] for series in option["series"]] == columns
        assert option["xAxis"]["max"] == council.year > council.years
        for series in option["series"]:
            values = council.history[series["name"]]
            assert series["data"][0] == [0, 0.0]
            assert series["data"] == [[y, round(v, 1)] for y, v in enumerate(values)]


def test_two_runs_and_how_far_the_first_is_ahead() -> None:
    pair = [views_of(run_of(name, 3)) for name in ("none", "empowered_board")]
    ends = [views[-1] for views in pair]
    for views in (ends, [pair[0][7], pair[1][7]], ends[::-1]):
        for column in ("completed", "welfare"):
            one, other = outcomes.both(views, column, ENGLISH, SIZE)["series"]
            assert (one["color"], other["color"]) == (palette.FIRST, palette.SECOND)
            assert one["data"] == [[y, round(v, 1)] for y, v in enumerate(views[0].history[column])]
            (apart,) = outcomes.apart(views, column, ENGLISH, SIZE)["series"]
            assert len(apart["data"]) == max(len(view.history) for view in views)
            for year, difference in apart["data"]:
                first, second = (
                    view.history[column].iloc[min(year, len(view.history) - 1)] for view in views
                )
                assert difference == pytest.approx(first - second, abs=0.051)


def test_every_picture_can_be_saved(council: View, spoken: Words) -> None:
    pair = [council, council]
    for option in (
        map.picture(council, paper(), spoken, SIZE),
        trust.picture(council, spoken, SIZE),
        outcomes.success([council], spoken, SIZE),
        outcomes.worth([council], spoken, SIZE),
        outcomes.both(pair, "welfare", spoken, SIZE),
        outcomes.apart(pair, "welfare", spoken, SIZE),
    ):
        save = option["toolbox"]["feature"]["saveAsImage"]
        assert save["title"]
        assert save["name"] == "kernegotiate"


@pytest.mark.parametrize(
    ("width", "size"), [(0, SMALL), (1024, SMALL), (1600, 16), (1920, 19), (5000, LARGE)]
)
def test_print_grows_with_the_window(width: int, size: int) -> None:
    assert print_for(width) == size


def test_names_stand_inside_their_areas(council: View) -> None:
    shapes = outlines(council.region)
    for (x, y), feature in zip(anchors(shapes), shapes["features"], strict=True):
        ring = largest_ring(feature["geometry"])
        assert crossings(x, y, ring) % 2 == 1


def test_a_region_without_outlines_gets_discs_that_do_not_touch() -> None:
    region = kn.load_scenario("mekong_delta").region
    bare = region.changed("test", geometry=None)
    shapes = outlines(bare)
    assert [f["properties"]["name"] for f in shapes["features"]] == list(bare.codes)
    for (x, y), g in zip(anchors(shapes), bare.governments, strict=True):
        assert abs(x - g.lon) < 0.02
        assert abs(y - g.lat) < 0.02
    rings = [np.array(shape["coordinates"][0]) for shape in discs(bare)]
    for a, b in itertools.combinations(rings, 2):
        assert np.hypot(*(a[:, None] - b[None]).T).min() > 0.0


def crossings(x: float, y: float, ring: np.ndarray) -> int:
    """How often a ray to the east crosses the ring."""
    return sum(1 for _ in _crossed(x, y, ring))


def _crossed(x: float, y: float, ring: np.ndarray) -> Iterator[int]:
    for i, ((x1, y1), (x2, y2)) in enumerate(itertools.pairwise([*ring, ring[0]])):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            yield i
