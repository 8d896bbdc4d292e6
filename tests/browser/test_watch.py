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
from viz import deals, feed
from viz.ballot import AGAINST, FOR, questions, votes
from viz.forms import FORMS, OF_A_WORK
from viz.sheet import sheet
from viz.table import laid
from viz.view import View
from viz.weighing import label_of
from viz.words import speak
from viz_helpers import model_of, run_of, views_of
from window_helpers import Window, eventually, points, told

pytestmark = pytest.mark.browser

VIZ = Path(__file__).resolve().parents[2] / "viz"
WORDS = speak("en")
Open = Callable[..., Window]
# What there is to read before anything is done: of a list only what is chosen, no name on the map.
FIRST_SCREEN = """() => {
  const page = document.querySelector("main").cloneNode(true), all = document.querySelector("main");
  const lists = [...all.querySelectorAll("select")];
  page.querySelectorAll("select").forEach((one, i) =>
    one.replaceWith(lists[i].selectedOptions[0]?.text || ""));
  page.querySelectorAll("svg, style, i, [hidden]").forEach((one) => one.remove());
  page.querySelectorAll("input").forEach((one) => one.replaceWith(one.value + " "));
  page.querySelectorAll("button, label, p, h1, h2, span, select").forEach((one) => one.append(" "));
  return page.textContent;
}"""


@pytest.fixture(scope="module")
def council() -> tuple[View, ...]:
    """Every year of the run that the usual start shows, without a window."""
    return views_of(run_of("advisory_council"))


def test_the_start_asks_one_question_in_few_words(window: Open, council: tuple[View, ...]) -> None:
    for language in ("en", "vi"):
        page = window(f"?language={language}")
        words = speak(language)
        expect(page.page.locator("main h1")).to_have_text(words.title)
        expect(page.page.locator(".asked")).to_have_text(words.question)
        names = page.page.locator(".map .name").all_text_contents()
        assert sorted(names) == sorted(words.place(g) for g in council[0].region.governments)
        seen = page.page.evaluate(FIRST_SCREEN)
        assert seen.count("?") == 1 + words.ask.count("?")  # the question, and a page's name
        parts = re.split(r"[\s/]+", seen)
        most = {"en": 60, "vi": 80}[language]  # syllables, of which a Vietnamese word has 4 in 3
        assert len([part for part in parts if re.search(r"\w", part)]) <= most
        assert page.figures() == {}
        for button in (words.back, words.reset):
            expect(page.button(button)).to_be_disabled()
    page.press(words.next_year)
    key = page.page.locator(".key-to-map .form")
    expect(key).to_have_text([words.forms[form.name] for form in FORMS])
    assert all(box["width"] > 10 for box in map_boxes(page))


def map_boxes(page: Window) -> list[dict[str, float]]:
    """Where the forms of the key are drawn."""
    return [one.bounding_box() for one in page.page.locator(".key-to-map svg").all()]


def test_play_goes_to_the_end_and_stops_there(window: Open, council: tuple[View, ...]) -> None:
    end = council[-1]
    page = window(f"?year={end.year - 7}")
    page.page.locator(".speed select").select_option(label=WORDS.paces["fast"])
    page.press("Play")
    expect(page.year).to_have_text(f"Year {end.year}, all settled")
    eventually(page.figures, told(end))
    for button in ("Play", "Next year"):
        expect(page.button(button)).to_be_disabled()
    model = model_of(run_of("advisory_council"))
    while not model.is_over:
        model.step()
    share = WORDS.number(100 * model.latest["efficiency"])
    expect(page.page.locator("[data-test=worth-bar]")).to_have_text(
        WORDS.worth_of.format(share=share)
    )
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
    statuses = [work.status for work in end.works.values()]
    forms = page.page.locator("[data-test=strip] svg").evaluate_all(
        "all => all.map(one => one.dataset.form)"
    )
    assert forms == [OF_A_WORK[status].name for status in statuses]


def test_each_year_is_the_recorded_one_however_one_gets_there(
    window: Open, council: tuple[View, ...]
) -> None:
    page = window()
    for year in (1, 2):
        page.press("Next year")
        page.expect_year(council[year])
    page.press("Back")  # a deal
    expect(page.year).to_have_text("Year 2 of 40")
    page.scrub(1)
    page.expect_year(council[1])
    for year in (20, 4, 33, 32):
        page.scrub(year)
        page.expect_year(council[year])
        assert page.curve("success", "signed") == points(council[year], "signed")
        assert page.line.input_value() == str(year)
    page.press("Reset")
    page.expect_year(council[0])

    page.page.locator("h1").first.click()
    for key, year in (
        *(("ArrowRight", 1), ("ArrowRight", 2), ("ArrowRight", 3)),
        *(("ArrowLeft", 2), ("Home", 0), ("ArrowLeft", 0), ("ArrowRight", 1)),
    ):
        page.page.keyboard.press(key if key == "Home" else f"Shift+{key}")
        page.expect_year(council[year])
    page.page.locator(".speed select").select_option(label=WORDS.paces["years"])
    page.page.locator("h1").first.click()
    page.page.keyboard.press("Space")
    expect(page.button("Pause")).to_be_visible()
    expect(page.year).to_have_text(re.compile("Year [3-9] of 40"))
    page.page.keyboard.press("Space")
    expect(page.button("Play")).to_be_visible()


def test_no_click_is_lost_and_a_drag_ends_where_it_ends(
    window: Open, council: tuple[View, ...]
) -> None:
    page = window()
    step = page.button("Next year")
    step.evaluate("button => { for (let i = 0; i < 5; i++) button.click(); }")
    page.expect_year(council[5])
    step.dblclick()
    page.expect_year(council[7])
    for _ in range(4):
        page.page.keyboard.press("Shift+ArrowRight")
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
    page.page.locator(".speed select").select_option(label=WORDS.paces["years"])
    page.press("Tiếng Việt")
    expect(page.year).to_have_text(re.compile("Năm [5-9]/40"))
    page.press("Dừng")
    expect(page.button("Chạy")).to_be_enabled()
    year = int(page.year.inner_text().split("/")[0].split()[1])
    page.page.wait_for_timeout(1200)  # longer than a year takes
    page.words = speak("vi")
    page.expect_year(council[year])


def test_another_coordinator_shows_the_same_year_and_another_seed_starts_anew(
    window: Open, council: tuple[View, ...]
) -> None:
    page = window("?year=4")
    page.expect_year(council[4])
    page.choose_coordinator("Empowered board")
    board = views_of(run_of("empowered_board"))
    page.expect_year(board[4])  # the same year under another law
    assert told(board[4]) != told(council[4])
    assert (
        told(board[4])["headline-proposed"] == told(council[4])["headline-proposed"]
    )  # the same projects come up
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
    page.press("Next year")
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
    page.click_on("92")
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

    page.click_on("96")
    expect(panel.locator("h2")).to_have_text("Ca Mau")
    page.click_on("96")  # again: no longer
    expect(panel).to_have_count(0)
    page.click_on("80", clicks=2)  # a double click is one
    expect(panel.locator("h2")).to_have_text("Long An")
    page.press("Close")
    expect(panel).to_have_count(0)
    expect(page.page.locator(".panel.feed")).to_be_visible()
    page.page.locator("#look-map").select_option(label="Ca Mau")  # without a mouse
    expect(panel.locator("h2")).to_have_text("Ca Mau")


def test_step_is_the_next_deal_and_shows_it_seat_by_seat(
    window: Open, council: tuple[View, ...]
) -> None:
    page = window("?year=7")
    view, there = council[8], deals.of_year(council[8])
    assert len(there) > 2
    for nth, code in enumerate(there, 1):
        page.press("Next deal")
        expect(page.page.locator(".deal")).to_have_text(
            WORDS.deal_of.format(deal=nth, deals=len(there))
        )
        table = page.page.locator("[data-test=table]")
        expect(table).to_have_attribute("data-state", OF_A_WORK[view.works[code].status].name)
        seats = [seat.after for seat in laid(view, code, spots()).seats]
        drawn = "all => all.map(one => one.dataset.seat)"
        eventually(lambda: table.locator(".seat").evaluate_all(drawn), seats)  # noqa: B023
        said = " ".join(feed.of_a_deal(view, nth, "", WORDS))
        expect(page.page.locator("[data-test=told]")).to_have_text(said)
    page.expect_year(council[8])
    page.press("Back")
    expect(page.page.locator(".deal")).to_have_text(
        WORDS.deal_of.format(deal=len(there) - 1, deals=len(there))
    )
    page.button("Next deal").click(modifiers=["Shift"])
    page.expect_year(council[9])
    expect(page.page.locator(".deal")).to_have_count(0)


def test_a_deal_that_is_picked_in_the_feed_is_told_whole(
    window: Open, council: tuple[View, ...]
) -> None:
    page = window("?year=20")
    line = page.page.locator(".feed-lines li.died button, .feed-lines li.failed button").first
    line.click()
    (code,) = re.findall(r"work=([\w-]+)", eventually_url(page, "work="))
    told_whole = " ".join(feed.of_a_deal(council[20], 0, code, WORDS))
    expect(page.page.locator("[data-test=told]")).to_have_text(told_whole)
    expect(page.page.locator("[data-test=table]")).to_have_count(1)
    line.click()
    expect(page.page.locator("[data-test=table]")).to_have_count(0)


def eventually_url(page: Window, part: str) -> str:
    """The address, once it holds a part."""
    page.page.wait_for_url(re.compile(part))
    return page.page.url


def spots() -> list[tuple[float, float]]:
    """Where governments are on the map."""
    return sheet("delta", kn.load_scenario("mekong_delta").region).spots


def test_back_goes_back_through_pages_provinces_and_coordinators(window: Open) -> None:
    page = window("?year=9")
    page.page.locator("#look-map").select_option(label="Can Tho")
    expect(page.page.locator(".panel.government")).to_have_count(1)
    page.choose_coordinator("Empowered board")
    page.turn_to("Compare")
    page.page.go_back()
    expect(page.page.locator(".panel.government")).to_have_count(1)
    expect(page.page.locator(".titles select").nth(1).locator("option:checked")).to_have_text(
        "Empowered board"
    )
    page.page.go_back()
    expect(page.page.locator(".titles select").nth(1).locator("option:checked")).to_have_text(
        "Advisory council"
    )
    page.page.go_back()
    expect(page.page.locator(".panel.government")).to_have_count(0)
    page.page.go_forward()
    expect(page.page.locator(".panel.government h2")).to_have_text("Can Tho")
    expect(page.year).to_have_text("Year 9 of 40")


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
