"""The figures behind pictures: the same as the pictures are drawn from, in each language."""

import io
import math
from dataclasses import replace

import pandas as pd
import pytest

from viz import deals, outcomes, trust
from viz.asking import ask
from viz.film import film
from viz.headline import counted
from viz.share import told
from viz.state import State
from viz.tables import ASKED, COMPARED, WATCHED, figures
from viz.words import speak
from window_helpers import CHARTS

STATE = State(year=17)
WORDS = speak("en")
VIEW = film(STATE.run).at(17)


def test_every_picture_of_every_page_has_its_figures() -> None:
    assert CHARTS["Watch"] | {"map"} == set(WATCHED)
    assert CHARTS["Compare"] | {"first", "second"} == set(COMPARED)
    assert CHARTS["What if?"] == set(ASKED)
    for page, name in (("watch", "spread"), ("compare", "map"), ("ask", "map")):
        assert figures(name, replace(STATE, page=page), WORDS) is None


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", WATCHED)
def test_a_row_has_a_value_under_each_head(name: str, language: str) -> None:
    words = speak(language)
    found = figures(name, STATE, words)
    assert found is not None
    assert {len(row) for row in found.rows} == {len(found.heads)}
    assert all(found.heads)
    assert [len(row) for row in found.told(words)] == [len(found.heads)] * len(found.rows)
    table = pd.read_csv(io.StringIO(found.csv()))
    assert table.shape == (len(found.rows), len(found.heads))


def test_the_map_counts_what_the_headline_counts() -> None:
    found = figures("map", STATE, WORDS)
    assert found is not None
    built = sum(float(row[1]) for row in found.rows)
    assert built == counted(VIEW.works.values())["opened"] > 0
    alone = sum(float(row[4]) for row in found.rows)
    assert alone == sum(len(work.builders) for work in VIEW.works.values()) > 0


@pytest.mark.parametrize("name", ["success", "worth"])
def test_curves_are_those_that_are_drawn(name: str) -> None:
    found = figures(name, STATE, WORDS)
    drawn = getattr(outcomes, name)([VIEW], WORDS, 12)["series"]
    assert found is not None
    assert [len(one["data"]) for one in drawn] == [len(found.rows)] * len(drawn)
    for column, one in enumerate(drawn, 1):
        values = [float(row[column]) for row in found.rows]
        assert values == pytest.approx([value for _, value in one["data"]], rel=1e-3)


def test_while_deals_are_told_curves_stand_as_the_year_before() -> None:
    first = replace(STATE, deal=1)
    assert len(deals.of_year(VIEW)) > 1
    before, now = figures("success", first, WORDS), figures("success", STATE, WORDS)
    assert before is not None
    assert now is not None
    assert list(before.rows) == list(now.rows)[:-1]


def test_trust_has_a_blank_where_two_were_never_partners() -> None:
    found = figures("trust", STATE, WORDS)
    cells = trust.picture(VIEW, WORDS, 12)["series"][0]["data"]
    assert found is not None
    known = {
        (i, j): round(float(one), 4)
        for i, row in enumerate(found.rows)
        for j, one in enumerate(row[1:])
        if not math.isnan(float(one))
    }
    assert known == {(one["value"][1], one["value"][0]): one["value"][2] for one in cells}
    assert found.told(WORDS)[0][1] == WORDS.undefined


def test_a_run_that_is_over_stays_as_it_ended_beside_one_that_goes_on() -> None:
    state = replace(STATE, page="compare", year=1000)
    lasts = [film(run).at(1000) for run in (state.run, state.other_run)]
    both, apart = (figures(name, state, WORDS) for name in ("success", "success-difference"))
    assert both is not None
    assert apart is not None
    assert len(both.rows) == max(view.year for view in lasts) + 1
    assert [*both.rows[-1][1:]] == [view.history["completed"].iloc[-1] for view in lasts]
    for row, difference in zip(both.rows, apart.rows, strict=True):
        assert float(row[1]) - float(row[2]) == difference[1]


def test_shares_of_many_runs_are_those_of_the_answer() -> None:
    state = State(page="ask").changed("trust", 0.3)
    answer = ask(state.run, state.preset)
    ledger, causes, spread = (
        figures(name, state, WORDS) for name in ("ledger", "causes", "spread")
    )
    assert ledger is not None
    assert causes is not None
    assert spread is not None
    assert ledger.rows[0][1] == 100 * answer.ledger["yours"]["welfare"]
    assert ledger.rows[0][2] == 100 * answer.ledger["usual"]["welfare"]
    for side in (1, 2):
        parts = [float(row[side]) for row in causes.rows]
        assert parts[0] == pytest.approx(math.fsum(parts[1:]), abs=1e-6)
    assert len(spread.rows) == 4
    assert all(list(row[1:]) == sorted(map(float, row[1:])) for row in spread.rows)


def test_what_a_page_asks_for_is_a_picture_or_nothing() -> None:
    assert told("", STATE, WORDS) is None
    assert told("no picture", STATE, WORDS) is None
    page = told("worth", STATE, speak("vi"))
    assert page is not None
    assert page["file"].endswith("-seed-1-year-17-worth.csv")
    assert "." in page["text"]  # a file has a point, whatever the page writes
