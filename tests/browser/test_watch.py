"""Watching one run: what is shown of every year, however one gets there."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import kernegotiate as kn
from viz import feed
from viz.ballot import AGAINST, FOR, questions, votes
from viz.view import View
from viz.weighing import label_of
from viz.words import speak
from viz_helpers import model_of, run_of, views_of
from window_helpers import Window, eventually, points, told

pytestmark = pytest.mark.browser

VIZ = Path(__file__).resolve().parents[2] / "viz"
WORDS = speak("en")
Open = Callable[..., Window]


@pytest.fixture(scope="module")
def council() -> tuple[View, ...]:
    """Every year of the run that the usual start shows, without a window."""
    return views_of(run_of("advisory_council"))


def test_all_provinces_the_key_and_the_figures_are_there(
    window: Open, council: tuple[View, ...]
) -> None:
    page = window()
    expect(page.year).to_have_text("Year 0 of 40")
    region = kn.load_scenario("mekong_delta").region
    *_, labels = page.series("map")
    labels = sorted(labels["data"], key=lambda one: one["name"])
    names = [re.split(r" \{", label["label"]["formatter"])[0] for label in labels]
    assert names == [government.name for government in region.governments]
    assert len(names) == 13
    inked = page.page.evaluate(
        """spots => {
          const chart = document.querySelector("[data-test=map]").chart;
          const canvas = chart.getDom().querySelector("canvas");
          const {width, height} = canvas, scale = width / chart.getWidth();
          const seen = canvas.getContext("2d").getImageData(0, 0, width, height).data;
          return spots.map(spot => {
            const [x0, y0] = chart.convertToPixel("geo", spot).map(at => at * scale | 0);
            let ink = 0;
            for (let x = x0 - 40; x < x0 + 40; x++)
              for (let y = y0 - 20; y < y0 + 20; y++)
                ink += seen[4 * (y * width + x)] < 90 && seen[4 * (y * width + x) + 3] > 200;
            return ink;
          });
        }""",
        [label["value"] for label in labels],
    )
    assert min(inked) > 60, dict(zip(names, inked, strict=True))  # pixels of its name
    key = page.page.locator(".key-to-map")
    for text in (WORDS.under_way, WORDS.opened, WORDS.died, WORDS.copies, WORDS.broken):
        expect(key.get_by_text(text, exact=True)).to_be_visible()
    for text in (WORDS.low, WORDS.high):
        expect(key.get_by_text(text, exact=True)).to_be_visible()
    assert key.locator(".scale > div").bounding_box()["width"] > 30
    eventually(page.figures, told(council[0]))
    assert page.page.locator(".feed-lines p").all_inner_texts() == feed.opening(council[0], WORDS)
    for button in ("Back", "Reset"):
        expect(page.button(button)).to_be_disabled()


def test_play_goes_to_the_end_and_stops_there(window: Open, council: tuple[View, ...]) -> None:
    end = council[-1]
    page = window(f"?year={end.year - 7}")
    page.page.locator(".speed select").select_option("4")
    page.press("Play")
    expect(page.year).to_have_text(f"Year {end.year}, all settled")
    eventually(page.figures, told(end))
    for button in ("Play", "Step"):
        expect(page.button(button)).to_be_disabled()
    model = model_of(run_of("advisory_council"))
    while not model.is_over:
        model.step()
    assert page.figures()["share"] == WORDS.percent(model.latest["efficiency"])
    for chart, columns in (
        ("success", ("arrived", "signed", "completed", "died")),
        ("worth", ("first_best", "welfare")),
    ):
        for column in columns:
            assert page.curve(chart, column) == points(end, column)
    cells = {tuple(cell["value"][:2]): cell["value"][2] for cell in page.series("trust")[0]["data"]}
    partners = model.world.partners
    assert len(cells) == partners.sum()
    for (column, row), trust in cells.items():
        assert partners[row, column]
        assert trust == pytest.approx(model.world.trust[row, column], abs=1e-4)
    opened = [line for line in page.series("map") if line.get("name") == WORDS.opened]
    deals = [w.inside for w in end.works.values() if w.status == "completed"]
    assert len(opened[0]["data"]) == len({(deal[0], other) for deal in deals for other in deal[1:]})


def test_each_year_is_the_recorded_one_however_one_gets_there(
    window: Open, council: tuple[View, ...]
) -> None:
    page = window()
    for year in (1, 2):
        page.press("Step")
        page.expect_year(council[year])
    page.press("Back")
    page.expect_year(council[1])
    for year in (20, 4, 33, 32):
        page.scrub(year)
        page.expect_year(council[year])
        assert page.curve("success", "signed") == points(council[year], "signed")
        assert page.line.input_value() == str(year)
    page.press("Reset")
    page.expect_year(council[0])

    page.page.locator("h2").first.click()
    for key, year in (
        *(("ArrowRight", 1), ("ArrowRight", 2), ("ArrowRight", 3)),
        *(("ArrowLeft", 2), ("Home", 0), ("ArrowLeft", 0), ("ArrowRight", 1)),
    ):
        page.page.keyboard.press(key)
        page.expect_year(council[year])
    page.page.keyboard.press("Space")
    expect(page.button("Pause")).to_be_visible()
    expect(page.year).to_have_text(re.compile("Year [3-9] of 40"))
    page.page.keyboard.press("Space")
    expect(page.button("Play")).to_be_visible()


def test_no_click_is_lost_and_a_drag_ends_where_it_ends(
    window: Open, council: tuple[View, ...]
) -> None:
    page = window()
    step = page.button("Step")
    step.evaluate("button => { for (let i = 0; i < 5; i++) button.click(); }")
    page.expect_year(council[5])
    step.dblclick()
    page.expect_year(council[7])
    for _ in range(4):
        page.page.keyboard.press("ArrowRight")
    page.expect_year(council[11])

    box = page.line.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.page.mouse.move(box["x"] + 0.3 * box["width"], middle)
    page.page.mouse.down()
    held = []
    for share in (0.4, 0.9, 0.6, 0.7, 0.55):
        page.page.mouse.move(box["x"] + share * box["width"], middle, steps=8)
        page.page.wait_for_timeout(80)  # answers to what was asked for on the way come in
        held.append(int(page.line.input_value()))
    page.page.mouse.up()
    assert held == pytest.approx([16, 36, 24, 28, 22], abs=1)  # the knob stays at hand
    page.expect_year(council[held[-1]])
    assert page.line.input_value() == str(held[-1])


def test_the_play_goes_on_through_a_double_click_and_another_language(
    window: Open, council: tuple[View, ...]
) -> None:
    page = window("?year=2")
    page.button("Play").dblclick()
    expect(page.button("Pause")).to_be_visible()
    page.press("Tiếng Việt")
    expect(page.year).to_have_text(re.compile("Năm [5-9]/40"))
    page.press("Dừng")
    expect(page.button("Chạy")).to_be_enabled()
    year = int(page.year.inner_text().split("/")[0].split()[1])
    page.page.wait_for_timeout(1200)  # longer than a year takes
    page.words = speak("vi")
    page.expect_year(council[year])


def test_another_coordinator_or_seed_starts_anew(window: Open, council: tuple[View, ...]) -> None:
    page = window("?year=4")
    page.expect_year(council[4])
    page.choose_coordinator("Empowered board")
    board = views_of(run_of("empowered_board"))
    page.expect_year(board[0])
    page.scrub(4)
    page.expect_year(board[4])
    assert told(board[4]) != told(council[4])
    assert told(board[4])["proposed"] == told(council[4])["proposed"]  # the same projects come up
    for wrong in ("seven", "-1", "1.5", "", "9" * 30):
        page.sow(wrong)
        expect(page.alert).to_have_count(1)
        expect(page.alert).to_contain_text("type a whole number")
        expect(page.alert).to_contain_text(f"“{wrong}”" if wrong else "cannot be a seed")
        expect(page.seed).to_have_value(wrong)
        page.expect_year(board[4])
    page.sow("7")
    expect(page.alert).to_have_count(0)
    seventh = views_of(run_of("empowered_board", 7))
    page.expect_year(seventh[0])
    page.press("Step")
    page.expect_year(seventh[1])


def test_the_feed_and_all_about_a_province_at_a_click(
    window: Open, council: tuple[View, ...]
) -> None:
    view = council[20]
    page = window("?year=20")
    told_here = feed.chapters(view, WORDS)
    headings = [chapter["heading"] for chapter in told_here]  # the newest first
    eventually(page.page.locator(".feed-lines h3").all_inner_texts, headings)
    lines = [line["text"] for chapter in told_here for line in chapter["lines"]]
    assert page.page.locator(".feed-lines li").all_inner_texts() == lines
    assert len(lines) > 50
    panel = page.page.locator(".panel.government")
    expect(panel).to_have_count(0)
    can_tho = view.numbers["92"]
    place = view.region.governments[can_tho]
    page.click_on((place.lon, place.lat))
    expect(panel.locator("h2")).to_have_text("Can Tho")
    expect(page.page.locator(".panel.feed")).to_have_count(0)
    leader, purse = view.leaders[can_tho], view.purses[can_tho]
    served = WORDS.leader_terms.format(served=leader.terms_served, left=leader.years_left)
    expect(panel).to_contain_text(served)
    bars = dict(
        zip(
            panel.locator(".share span").all_inner_texts(),
            panel.locator(".share b").all_inner_texts(),
            strict=True,
        )
    )
    decimal = WORDS.decimal
    assert bars == {
        WORDS.home: decimal(leader.parochial),
        WORDS.legacy: decimal(leader.legacy),
        WORDS.credit: decimal(leader.credit),
        WORDS.trusts: decimal(mean(view.trust[can_tho])),
        WORDS.is_trusted: decimal(mean(view.trust[:, can_tho])),
    }
    labels = panel.locator(".sum span").all_inner_texts()
    amounts = panel.locator(".sum b").all_inner_texts()
    assert amounts[labels.index(WORDS.spent_on_works) :] == [
        WORDS.number(amount)
        for amount in (
            *(purse.works, purse.copies, purse.levies_and_fines),
            *(purse.transfers, purse.benefits),
        )
    ]
    cast = votes(view, "92")
    expect_ballot(page, cast[-1])
    expect(page.button("Later")).to_be_disabled()
    page.press("Earlier")
    expect_ballot(page, cast[-2])
    page.press("Later")
    expect_ballot(page, cast[-1])

    spots = {label["name"]: label["value"] for label in page.series("map")[-1]["data"]}
    page.click_on(spots["96"])
    expect(panel.locator("h2")).to_have_text("Ca Mau")
    page.click_on(spots["96"])  # again: no longer
    expect(panel).to_have_count(0)
    page.click_on(spots["80"], clicks=2)  # a double click is one
    expect(panel.locator("h2")).to_have_text("Long An")
    page.press("Close")
    expect(panel).to_have_count(0)
    expect(page.page.locator(".panel.feed")).to_be_visible()


def expect_ballot(page: Window, event: Any) -> None:
    """The vote is shown as the log has it, with its terms as bars."""
    terms = event.terms
    answer = ("Yes" if terms.earnest else "Yes, not meant to be kept") if event.amount else "No"
    ballot = page.page.locator(".ballot")
    expect(ballot).to_contain_text(f"Year {event.year}: ")
    expect(ballot.locator("[data-test=ballot]")).to_have_text(answer)

    def bars() -> dict[str, float]:
        option = page.option("why")
        values = [bar["value"] for bar in option["series"][0]["data"]]
        return dict(zip(option["yAxis"][0]["data"], values, strict=False))

    signed = {name: getattr(terms, name) for name in FOR}
    signed |= {name: -getattr(terms, name) for name in AGAINST}
    if terms.foresees and terms.keeps:
        signed["signature"] = terms.signing - terms.honest
    elif terms.foresees:  # what it will not pay, and what will not come of it, do not count
        costs = {name: signed[name] for name in ("transaction", "autonomy")}
        alone = terms.fall_back
        signed = {"paper": terms.signing - alone - sum(costs.values()), "alone": alone, **costs}
    labels = {name: label_of(WORDS.terms[name], value, WORDS) for name, value in signed.items()}
    eventually(bars, {labels[name]: round(v, 2) for name, v in signed.items() if v})
    asked = page.page.locator(".question")
    expect(asked).to_have_count(len(questions(terms, WORDS)))
    for shown, question in zip(asked.all(), questions(terms, WORDS), strict=True):
        expect(shown.locator("p")).to_have_text(f"{question.text} {question.answer}")
        expect(shown.locator(".sum span")).to_have_text([label for label, _ in question.figures])
        expect(shown.locator(".sum b")).to_have_text([number for _, number in question.figures])


def mean(trust: Any) -> float:
    """Of what is defined."""
    known = [value for value in trust.tolist() if value == value]
    return sum(known) / len(known)


def test_the_folder_can_stand_elsewhere(tmp_path: Path) -> None:
    copy = shutil.copytree(VIZ, tmp_path / "viz", ignore=shutil.ignore_patterns("__pycache__"))
    code = f"""
import os, runpy, sys
runpy.run_path({str(copy / "app.py")!r})
print(sys.modules["viz.words"].__file__, flush=True)
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == str(copy / "words.py"), done.stderr
