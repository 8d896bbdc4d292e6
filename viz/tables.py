"""The figures behind each picture, as a table: for who hears the page, and for who wants a number.

A table is made when it is asked for, from what the picture is drawn from.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.engine.losses import LINES
from viz import deals
from viz.asking import OUTCOMES, TOGETHER, USUAL, YOURS, Answer, ask
from viz.film import film
from viz.forms import BUILT, COPY, OF_A_WORK, Form
from viz.state import State
from viz.view import View, Work
from viz.words import Words

PARTS = (0.025, 0.25, 0.5, 0.75, 0.975)
"""Shares of the runs below a value, for hills of many runs."""

Value = str | float
Row = list[Value]


class Figures(NamedTuple):
    """A table: its first column says what a row is.

    Attributes:
        heads: Of the columns.
        rows: Each with as many values as there are heads; NaN where nothing is defined.
        decimals: Of the numbers as they are written; all of them stand in a file.
    """

    heads: Sequence[str]
    rows: Sequence[Row]
    decimals: int = 0

    def told(self, words: Words) -> list[list[str]]:
        """The rows as a page writes them."""
        return [
            [one if isinstance(one, str) else words.number(one, self.decimals) for one in row]
            for row in self.rows
        ]

    def csv(self) -> str:
        """As a file, with all digits and a point before decimals."""
        return pd.DataFrame(list(self.rows), columns=list(self.heads)).to_csv(index=False)


def figures(name: str, state: State, words: Words) -> Figures | None:
    """The figures behind a picture of a page.

    Args:
        name: Of the picture, as the page has it.
        state: What is shown.
        words: Of the page.

    Returns:
        None if the page has no such picture.
    """
    if state.page == "ask":
        return _asked(name, ask(state.run, state.preset), words) if name in ASKED else None
    if state.page == "compare":
        views = [film(run).at(state.year) for run in (state.run, state.other_run)]
        return COMPARED[name](views, state, words) if name in COMPARED else None
    return WATCHED[name](film(state.run).at(state.year), state, words) if name in WATCHED else None


def _map(view: View, state: State, words: Words) -> Figures:
    """Works by where they stand and what became of them."""
    works = list(deals.told(view, state.deal if state.page == "watch" else 0).values())
    heads = [words.map, *(words.forms[form.name] for form in BUILT)]
    rows: list[Row] = [
        [
            words.place(view.region.governments[number]),
            *(float(_count(works, number, form)) for form in BUILT),
        ]
        for number in view.standing
    ]
    return Figures(heads, rows)


def _count(works: Sequence[Work], number: int, form: Form) -> int:
    if form is COPY:
        return sum(number in work.builders for work in works)
    return sum(work.host == number and OF_A_WORK[work.status] is form for work in works)


def _growth(columns: Mapping[str, str], view: View, unit: str) -> Figures:
    """Columns of the history, year by year, under the words for each."""
    history = view.history
    heads = [unit, *columns.values()]
    rows: list[Row] = [
        [str(int(year)), *(float(history[name].iloc[i]) for name in columns)]
        for i, year in enumerate(history["year"])
    ]
    return Figures(heads, rows)


def _success(view: View, _: State, words: Words) -> Figures:
    names = {"arrived": words.proposed, "signed": words.signed}
    names |= {"completed": words.opened, "died": words.died}
    return _growth(names, _latest(view, _), words.year_column)


def _worth(view: View, _: State, words: Words) -> Figures:
    unit = words.currency(view.region.currency)
    names = {"first_best": words.possible, "welfare": words.welfare}
    return _growth(
        {name: f"{told} ({unit})" for name, told in names.items()},
        _latest(view, _),
        words.year_column,
    )


def _latest(view: View, state: State) -> View:
    """What curves show: while the deals of a year are told, the year before."""
    whole = state.deal in (0, len(deals.of_year(view)))
    return view if whole else film(state.run).at(view.year - 1)


def _trust(view: View, state: State, words: Words) -> Figures:
    latest = _latest(view, state)
    names = [words.place(latest.region.governments[i]) for i in latest.standing]
    trust = latest.trust[np.ix_(latest.standing, latest.standing)].tolist()
    return Figures(
        [words.trust, *names], [[who, *row] for who, row in zip(names, trust, strict=True)], 2
    )


def _both(column: str, *, apart: bool) -> Callable[[Sequence[View], State, Words], Figures]:
    """One outcome of two runs year by year, or how far the first is ahead."""

    def made(views: Sequence[View], state: State, words: Words) -> Figures:
        names = [words.title_of(run.resolved()[1]) for run in (state.run, state.other_run)]
        unit = "" if column == "completed" else f" ({words.currency(views[0].region.currency)})"
        last = max(len(view.history) for view in views)
        values = [_filled(view.history[column].to_numpy(float), last) for view in views]
        heads = [words.year_column, *(f"{name}{unit}" for name in names)]
        if apart:
            heads = [words.year_column, f"{names[0]} \N{MINUS SIGN} {names[1]}{unit}"]
            values = [values[0] - values[1]]
        rows: list[Row] = [
            [str(year), *(float(one[year]) for one in values)] for year in range(last)
        ]
        return Figures(heads, rows)

    return made


def _filled(values: np.ndarray, length: int) -> np.ndarray:
    """A run that is over stays as it ended."""
    return np.concatenate([values, np.full(length - len(values), values[-1])])


def _asked(name: str, answer: Answer, words: Words) -> Figures:
    sides = (YOURS, USUAL) if answer.moved else (USUAL,)
    told = {YOURS: words.yours, USUAL: words.usual}
    if name == "spread":
        labels = dict(zip(OUTCOMES, (words.completed_share, words.welfare_share), strict=True))
        heads = [words.distribution, *(f"{words.number(100 * part, 1)} %" for part in PARTS)]
        hills: list[Row] = [
            [f"{labels[outcome]}, %: {told[whose]}", *_parts(answer.spread[outcome][whose])]
            for outcome in OUTCOMES
            for whose in sides
        ]
        return Figures(heads, hills, 1)
    shares = answer.ledger if name == "ledger" else answer.causes
    lines = dict(words.ledger_lines) if name == "ledger" else dict(words.cause_words)
    order = ("welfare", *LINES) if name == "ledger" else (TOGETHER, *CAUSES)
    lines[TOGETHER] = words.together
    title = words.ledger if name == "ledger" else words.causes
    rows: list[Row] = [
        [lines[line], *(100 * float(shares[whose].get(line, math.nan)) for whose in sides)]
        for line in order
    ]
    return Figures([f"{title}, %", *(told[whose] for whose in sides)], rows, 1)


def _parts(values: np.ndarray) -> list[float]:
    if not len(values):
        return [math.nan] * len(PARTS)
    return [100 * float(value) for value in np.quantile(values, PARTS)]


WATCHED: Mapping[str, Callable[[View, State, Words], Figures]] = {
    "map": _map,
    "success": _success,
    "worth": _worth,
    "trust": _trust,
}
COMPARED: Mapping[str, Callable[[Sequence[View], State, Words], Figures]] = {
    "first": lambda views, state, words: _map(views[0], state, words),
    "second": lambda views, state, words: _map(views[1], state, words),
    "success": _both("completed", apart=False),
    "success-difference": _both("completed", apart=True),
    "worth": _both("welfare", apart=False),
    "worth-difference": _both("welfare", apart=True),
}
ASKED = ("spread", "ledger", "causes")
