"""Maps of all kinds: chosen by country, drawn with names that do not overlap."""

from collections.abc import Callable, Sequence
from itertools import combinations

import pytest
from playwright.sync_api import expect

import kernegotiate as kn
from viz.words import speak
from window_helpers import Window, eventually

pytestmark = pytest.mark.browser

Open = Callable[..., Window]
# Frames of each name and of the row of marks below it, and the size of the map, in pixels.
NAMES = """() => {
  const map = document.querySelector(".map[data-test=map]"), frames = {};
  const {left, top, width, height} = map.getBoundingClientRect();
  const framed = (all) => {
    const boxes = all.map((one) => one.getBoundingClientRect());
    const [x, y] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
    const right = Math.max(...boxes.map((box) => box.right));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    return [x - left, y - top, right - x, bottom - y];
  };
  for (const place of map.querySelectorAll(".name-and-marks")) {
    const name = place.querySelector(".name"), marks = [...place.querySelectorAll(".mark")];
    const drawn = [...(name ? [framed([name])] : []), ...(marks.length ? [framed(marks)] : [])];
    if (drawn.length) frames[name ? name.textContent : place.dataset.place] = drawn;
  }
  return [frames, [width, height]];
}"""
SMALL, PROJECTOR = (1024, 768), (1920, 1080)
FEWEST = [  # names that can be seen
    ("bandung", SMALL, 5),
    ("washington", SMALL, 9),
    ("vietnam_34", SMALL, 15),
    ("vietnam_63", PROJECTOR, 22),
]


@pytest.mark.parametrize(("scenario", "size", "fewest"), FEWEST)
def test_names_do_not_overlap(
    window: Open, scenario: str, size: tuple[int, int], fewest: int
) -> None:
    page = window(f"?scenario={scenario}&year=5&coordinator=advisory_council")
    page.page.set_viewport_size({"width": size[0], "height": size[1]})
    eventually(lambda: faults(page, fewest), [])  # once it has its new size


def faults(page: Window, fewest: int) -> list[str]:
    """Names that stand across another or the edge of the map, and whether there are too few."""
    names, (width, height) = page.page.evaluate(NAMES)
    found = [] if len(names) >= fewest else [f"{len(names)} names"]
    for name, frames in names.items():
        for x, y, wide, high in frames:
            if min(x, y) < -1 or x + wide > width + 1 or y + high > height + 1:
                found.append(f"{name} / edge")
    for (name, frames), (other, others) in combinations(names.items(), 2):
        if any(meet(one, two) for one in frames for two in others):
            found.append(f"{name} / {other}")
    return found


def meet(one: Sequence[float], two: Sequence[float]) -> bool:
    """Whether two frames overlap by more than a pixel, as letters are never as high as a line."""
    return all(
        one[d] + one[d + 2] > two[d] + 1 and two[d] + two[d + 2] > one[d] + 1 for d in (0, 1)
    )


def test_a_region_is_chosen_from_its_country(window: Open) -> None:
    page = window()
    select = page.page.locator(".titles select").nth(0)
    groups = select.locator("optgroup").evaluate_all("all => all.map(one => one.label)")
    assert groups[-2:] == ["Viet Nam", speak("en").no_country]
    bandung = kn.load_scenario("bandung")
    select.select_option(label=bandung.title)
    expect(select.locator("option:checked")).to_have_text(bandung.title)
    expect(page.alert).to_have_count(0)
    areas = page.page.locator(".map .area")
    codes = list(bandung.region.codes)
    eventually(lambda: areas.evaluate_all("all => all.map(one => one.dataset.area)"), codes)


def test_a_case_comes_with_its_coordinator(window: Open) -> None:
    page = window()
    scenario, coordinator = (page.page.locator(".titles select").nth(place) for place in (0, 1))
    groups = coordinator.locator("optgroup").evaluate_all("all => all.map(one => one.label)")
    assert groups == list(speak("en").kinds_of_institutions.values())
    case = kn.load_scenario("jing_jin_ji_orders")
    assert case.institution is not None
    scenario.select_option(label=case.title)
    expect(coordinator.locator("option:checked")).to_have_text(case.institution.title)
    expect(page.alert).to_have_count(0)
