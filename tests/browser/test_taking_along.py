"""Links, files and data: what is taken along brings back the very same view."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import expect

import kernegotiate as kn
from viz.state import RUNS
from viz_helpers import run_of, views_of
from window_helpers import CHARTS, Window, eventually

pytestmark = pytest.mark.browser

Open = Callable[..., Window]
SVG = "{http://www.w3.org/2000/svg}"
XML = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
"""Names of what an SVG is written in, which nobody fetches."""


def download(page: Window, button: str, into: Path) -> Path:
    """Press the button that hands out a file."""
    with page.page.expect_download() as waiting:
        page.page.locator(f"[data-test={button}]").click()
    place = into / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place


def seen(page: Window) -> tuple[list[str], dict[str, Any]]:
    """Every text, and what every picture holds."""
    names = page.page.locator(".chart").evaluate_all("all => all.map(one => one.dataset.test)")
    return sorted(page.texts()), {name: page.series(name) for name in names}


def test_a_link_shows_the_same_to_another_visitor(window: Open) -> None:
    page = window("?seed=3&year=2")
    page.choose_coordinator("Empowered board")
    page.scrub(17)
    expect(page.year).to_have_text("Year 17 of 40")
    page.click_on("89")
    expect(page.page.locator(".panel.government h2")).to_have_text("An Giang")
    page.press("Tiếng Việt")
    page.press("Lưu, chia sẻ")
    eventually(
        lambda: page.link.partition("?")[2],
        "language=vi&coordinator=empowered_board&seed=3&year=17&government=89",
    )
    other = window(page.link, another_visitor=True)
    other.press("Lưu, chia sẻ")
    eventually(lambda: seen(other), seen(page))
    assert other.link == page.link
    other.expect_year(views_of(run_of("empowered_board", 3))[17])


def test_a_link_to_a_question_asks_it_again(window: Open) -> None:
    page = window("?page=ask&coordinator=lga&seed=5")
    page.slide("trust", 0.3)
    expect(page.page.locator(".changes .chip")).to_have_count(1)
    page.slide("rounds", 6)
    expect(page.page.locator(".changes .chip")).to_have_count(2)
    page.press("Save, share")
    eventually(
        lambda: page.link.partition("?")[2],
        "page=ask&coordinator=lga&seed=5&set.rounds=6&set.trust=0.3",
    )
    expect(page.page.locator(".computing")).to_have_text("")
    other = window(page.link, another_visitor=True)
    other.press("Save, share")
    eventually(lambda: seen(other), seen(page))


def test_a_file_brings_the_view_back_and_a_bad_one_gets_a_sentence(
    window: Open, tmp_path: Path
) -> None:
    page = window("?coordinator=lga&seed=3&year=12&set.trust=0.3")
    page.press("Save, share")
    saved = download(page, "save", tmp_path)
    assert saved.name == "kernegotiate-watch-lga-3.json"
    known = views_of(run_of("lga", 3, trust=0.3))
    page.expect_year(known[12])

    page.sow("8")
    expect(page.year).to_have_text("Year 0 of 40")
    page.scrub(12)  # the same year of another run
    page.expect_year(views_of(run_of("lga", 8, trust=0.3))[12])
    field = page.page.locator("[data-test=open]")
    field.set_input_files(saved)
    page.expect_year(known[12])
    expect(page.seed).to_have_value("3")
    link = page.link

    for name, content, told in (
        (
            "notes.json",
            b"a letter",
            "view: found “a letter”, allowed is a file that “Save as a file” has made.",
        ),
        (
            "large.json",
            b"x" * 17_000_000,
            "This file cannot be opened: size: found “17000 kB”, allowed is at most 64 kB.",
        ),
        ("empty.json", b"", "This file cannot be opened: view: found “”, allowed is a file"),
        ("old.json", b'{"view": "page=garden"}', "page: found “garden”, allowed is watch"),
        (
            "bad.json",
            b'{"view": "set.trust=7"}',
            "trust: found “7”, allowed is a number in [0, 1]",
        ),
    ):
        field.set_input_files({"name": name, "mimeType": "application/json", "buffer": content})
        expect(page.alert).to_contain_text(told)
        expect(page.alert).to_have_count(1)
        assert page.link == link
        page.expect_year(known[12])
    field.set_input_files(saved)
    expect(page.alert).to_have_count(0)


def test_a_link_keeps_what_is_right_and_says_what_is_not(window: Open) -> None:
    faults = "gov=92&set.kinds=port&set.trust=7&set.nope=1&set.odd=1"
    right = "year=99999&coordinator=lga&seed=3&set.quota=0,7"
    known = views_of(run_of("lga", 3, quota=0.7))
    for language, sentences in (
        (
            "en",
            (
                "Not all of this link can be shown: link: found “gov”, allowed is page",
                "; set: found “kinds”, allowed is a lever, or an assumption",
                "; trust: found “7”, allowed is a number in [0, 1]; and 2 more. The rest is shown.",
            ),
        ),
        (
            "vi",
            (
                "Đường dẫn này không hiển thị được trọn vẹn: link: “gov” không hợp lệ",
                "; trust: “7” không hợp lệ, chỉ chấp nhận giá trị trong khoảng [0; 1]; ",
                "; và 2 lỗi khác. Các phần còn lại vẫn được hiển thị.",
            ),
        ),
    ):
        page = window(f"?{faults}&{right}&language={language}")
        page.expect_year(known[-1])
        expect(page.alert).to_have_count(1)
        for sentence in sentences:
            expect(page.alert).to_contain_text(sentence)
        last = known[-1].year
        eventually(lambda page=page: f"year={last}&" in page.page.url, True)  # noqa: B023
    page = window(f"?year=3{'&set.odd=1' * 100}")
    expect(page.alert).to_contain_text("allowed is at most 100 parts. What is shown is the usual")
    page.expect_year(views_of(run_of("advisory_council"))[0])


def test_the_data_can_be_downloaded_time_and_again(window: Open, tmp_path: Path) -> None:
    page = window("?year=9")
    page.press("Save, share")
    for year in (9, 9, 10):
        if year == 10:
            page.page.keyboard.press("Shift+ArrowRight")
            expect(page.year).to_have_text("Year 10 of 40")
        file = download(page, "data", tmp_path)
        assert file.name == "events.csv"
        table = pd.read_csv(file)
        log = views_of(run_of("advisory_council"))[year].log
        assert table["event"].tolist() == [event.event for event in log]
        assert np.allclose(table["amount"], [event.amount for event in log])
    page.turn_to("What if?")
    file = download(page, "data", tmp_path)
    assert file.name == "runs.csv"
    table = pd.read_csv(file)
    runs = kn.simulate("mekong_delta", "advisory_council", runs=RUNS, seed=1)
    assert len(table) == RUNS
    for outcome in ("completion_rate", "efficiency", "welfare"):
        assert np.array_equal(table[outcome], runs.outcomes[outcome])


def picture(page: Window, name: str, form: str, into: Path) -> Path:
    """Save a picture of the page."""
    with page.page.expect_download() as waiting:
        page.page.locator(f".pictures [data-picture='{name}']").get_by_text(
            form, exact=True
        ).click()
    place = into / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place


LINKS = ("?year=3&coordinator=lga&seed=2", "?page=compare&year=9", "?page=ask&set.trust=0.3")


@pytest.mark.parametrize(("link", "of"), list(zip(LINKS, CHARTS, strict=True)))
def test_every_picture_can_be_saved(window: Open, tmp_path: Path, link: str, of: str) -> None:
    page = window(link)
    page.page.locator(f".chart[data-test={min(CHARTS[of])}] canvas").wait_for()
    page.press("Save, share")
    known = "lga" if of == "Watch" else "advisory_council"
    maps = {"Watch": {"map"}, "Compare": {"first", "second"}, "What if?": set()}[of]
    listed = page.page.locator(".pictures tr[data-picture]")
    names = "all => all.map(one => one.dataset.picture).sort()"
    eventually(lambda: listed.evaluate_all(names), sorted(CHARTS[of] | maps))
    for name in CHARTS[of] | maps:
        page.page.wait_for_timeout(1100)  # Chromium drops the eleventh file of a burst
        place = page.page.locator(f".chart[data-test={name}], .map[data-test={name}]")
        wide, high = place.evaluate("place => [place.clientWidth, place.clientHeight]")
        file = picture(page, name, "PNG", tmp_path)
        assert file.name.startswith(f"kernegotiate-{kn.__version__}-mekong_delta-")
        assert file.name.endswith(f"-{name}.png")
        with Image.open(file) as image:
            assert image.size == (2 * wide, 2 * high)
            pixels = np.asarray(image.convert("RGB"))
        assert (pixels[0, 0] == 255).all()
        assert 0.002 < (pixels < 255).any(axis=2).mean() < 0.99
        text = picture(page, name, "SVG", tmp_path).read_text(encoding="utf-8")
        root = ET.fromstring(text)
        assert [float(side) for side in root.get("viewBox", "").split()] == [0, 0, wide, high]
        assert set(re.findall(r"https?://[^\"\s]+", text)) <= XML
        assert not re.findall(r"var\(|<use|<style|class=\"|href", text) or name not in maps
        assert not re.findall(r"<image|@import|url\((?!#)", text)
        told = root.findtext(f"{SVG}metadata", "")
        assert f"scenario mekong_delta, coordinator {known}" in told
        assert f"kernegotiate {kn.__version__}" in told
        words = " ".join(one.text or "" for one in root.iter(f"{SVG}text"))
        assert words.strip()
        if name in maps:
            shown = page.page.locator(f".map[data-test={name}] .name").all_text_contents()
            assert len(shown) > 8
            assert set(shown) <= {one.text for one in root.iter(f"{SVG}text")}
            families = {one.get("font-family", "") for one in root.iter(f"{SVG}text")}
            assert all(family.endswith("sans-serif") for family in families)
        page.page.locator(f".pictures [data-picture='{name}']").get_by_text("Figures").click()
        table = page.page.locator("[data-test=figures]")
        expect(table).to_have_attribute("aria-label", root.findtext(f"{SVG}title", ""))
        with page.page.expect_download() as waiting:
            table.locator("[data-test=csv]").click()
        rows = pd.read_csv(waiting.value.path())
        assert table.locator("tbody tr").count() == len(rows) > 0


def test_the_link_and_the_command_can_be_copied(window: Open) -> None:
    page = window("?year=3&coordinator=lga")
    page.press("Save, share")
    command = "kernegotiate run mekong_delta --coordinator lga --seed 1 --out lga-1"
    expect(page.page.locator("[data-test=command]")).to_have_value(command)
    for which, text in ((0, page.link), (1, command)):
        page.page.get_by_role("button", name=re.compile("Copy|Copied")).nth(which).click()
        expect(page.button("Copied")).to_have_count(1)
        page.seed.fill("")
        page.page.keyboard.press("Control+v")
        expect(page.seed).to_have_value(text)
