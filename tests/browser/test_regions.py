"""Maps of all kinds: chosen by country, drawn with names that do not overlap."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

import kernegotiate as kn
from viz.words import speak
from window_helpers import Window, eventually

pytestmark = pytest.mark.browser

Open = Callable[..., Window]
# Frames of all names that can be seen, and the size of the map, in pixels.
NAMES = """() => {
  const chart = document.querySelector("[data-test=map]").chart, frames = {};
  const series = chart.getModel().getSeries().at(-1), data = series.getData();
  chart.getViewOfSeriesModel(series).group.traverse((spot) => {
    const name = spot.getTextContent && spot.getTextContent();
    if (!name) return;
    const frame = name.getBoundingRect().clone();
    frame.applyTransform(name.getComputedTransform());
    const {x, y, width, height} = frame;
    if (x > -1000) frames[name.style.text.split(" {")[0]] = [x, y, width, height];
  });
  return [frames, [chart.getWidth(), chart.getHeight()]];
}"""
FEWEST = {  # names that can be seen on a small screen and on a projector's
    "bandung": (5, 5),
    "greater_bay_area": (10, 11),
    "mekong_delta": (12, 13),
    "red_river_delta": (10, 11),
    "vietnam_34": (15, 20),
    "vietnam_63": (18, 22),
    "washington": (9, 10),
}
SIZES = ((1024, 768), (1920, 1080))


@pytest.mark.parametrize("size", [0, 1], ids=["small", "projector"])
@pytest.mark.parametrize("scenario", FEWEST)
def test_names_do_not_overlap(window: Open, scenario: str, size: int) -> None:
    page = window(f"?scenario={scenario}&year=25&coordinator=advisory_council")
    page.page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    eventually(lambda: faults(page, FEWEST[scenario][size]), [])  # once it has its new size


def faults(page: Window, fewest: int) -> list[str]:
    """Names that stand across another or the edge of the map, and whether there are too few."""
    frames, (width, height) = page.page.evaluate(NAMES)
    found = [] if len(frames) >= fewest else [f"{len(frames)} names"]
    for name, (x, y, wide, high) in frames.items():
        if min(x, y) < -1 or x + wide > width + 1 or y + high > height + 1:
            found.append(f"{name} / edge")
        for other, (x2, y2, wide2, high2) in frames.items():
            apart = x >= x2 + wide2 or x2 >= x + wide or y >= y2 + high2 or y2 >= y + high
            if name < other and not apart:
                found.append(f"{name} / {other}")
    return found


def test_a_region_is_chosen_from_its_country(window: Open) -> None:
    page = window()
    select = page.page.locator(".titles select").nth(0)
    groups = select.locator("optgroup").evaluate_all("all => all.map(one => one.label)")
    assert groups[-2:] == ["Viet Nam", speak("en").no_country]
    bandung = kn.load_scenario("bandung")
    select.select_option(label=bandung.title)
    expect(select.locator("option:checked")).to_have_text(bandung.title)
    expect(page.alert).to_have_count(0)
    places = ".chart[data-test=map]"
    drawn = "found => found.flatMap(one => one.chart?.getOption()?.series?.[0]?.data ?? [])"
    codes = list(bandung.region.codes)
    eventually(
        lambda: [one["name"] for one in page.page.locator(places).evaluate_all(drawn)], codes
    )


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
