"""Everything that decides what a page shows, as one value: a link or a file holds it whole."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from kernegotiate.batch.factor import Value, parameter
from kernegotiate.scenario import (
    Institution,
    Parameter,
    Scenario,
    ScenarioError,
    institution_names,
    parameters,
    resolve,
)
from kernegotiate.scenario.changes import EXAMPLE, written
from kernegotiate.scenario.text import composed, shown
from kernegotiate.scenario.values import NUMBER
from viz.caps import CAPS, interval
from viz.offered import offered
from viz.words import LANGUAGES
from viz.wrong import NotAllowedError, NotFittingError

PAGES = ("watch", "compare", "ask", "bet", "debrief")
VIEWS = ("desk", "room")
"""For somebody at a desk, or for a room in front of a wall; a phone is known by its width."""
LARGEST_SEED = 2**63 - 1
RUNS = 1000  # of an ensemble
LAST_YEAR = 1000  # no run lasts longer
LAST_DEAL = 10_000  # no year has more
LAST_STORY = 11  # as many as `viz/stories.py` has, which a test holds
LOWEST_BET, HIGHEST_BET = -20, 80  # percentage points
MOST_BETS = 8  # as many as `viz/cards.py` has, which a test holds
NO_BET = ""  # in a link, between others
LONGEST_CODE = 80  # letters of a work's code
LONGEST_LINK = 10_000  # letters
MOST_PARTS = 100  # of a link: each may take a while to be refused
SETTING = "set."  # before the name of a setting in a link
DEPENDENT = ("government", "work", "year", "deal")  # read once it is known of what
LONGEST_NAME = 80  # letters of a name that is compared with others
ALIKE = 0.75  # share of letters from which on a name may be a slip of another
FEW_NAMES = 8  # that are all told where another is not allowed
MOVABLE = ("levers", "leaders", "behaviour")  # parts of the parameters whose settings may differ
LATER = "changes"  # what changes in the middle of a run may be set, too
FIRST_CHANGE = 2  # year

THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)  # or thousandths

Changes = tuple[tuple[str, Value], ...]
"""Settings that differ from the preset, by keyword, in the order of their names."""
Bets = tuple[int | None, ...]
"""Percentage points by card, in order; None where nobody has bet. No bet at all: ()."""


@dataclass(frozen=True)
class Run:
    """What determines a run, to the last bit."""

    scenario: str
    coordinator: str
    seed: int
    changes: Changes = ()

    @property
    def settings(self) -> dict[str, Value]:
        """Changes as keywords."""
        return dict(self.changes)

    def resolved(self) -> tuple[Scenario, Institution]:
        """Scenario and institution with the changes in place.

        Raises:
            ScenarioError: The changes do not fit together.
        """
        return _resolved(self.scenario, self.coordinator, self.changes)

    def command(self, what: str) -> str:
        """A command line that gives the same figures.

        Args:
            what: `run` for one run, `what-if` for an ensemble beside what is usual.
        """
        words = ["kernegotiate", what, self.scenario]
        words += ["--coordinator", self.coordinator] if what == "run" else [self.coordinator]
        words += [] if what == "run" else ["--runs", str(RUNS)]
        words += ["--seed", str(self.seed)]
        if self.changes:
            words += ["--set", *(f"{name}={_plain(value)}" for name, value in self.changes)]
        return shlex.join(words)


@dataclass(frozen=True)
class State:
    """What a page shows."""

    page: str = PAGES[0]
    language: str = LANGUAGES[0]
    scenario: str = "mekong_delta"
    coordinator: str = "advisory_council"
    other: str = "empowered_board"  # compared with
    seed: int = 1
    year: int = 0  # to show
    deal: int = 0  # how many deals of that year are told; 0: all
    work: str = ""  # code of the one that is singled out
    government: str = ""  # code of the one that is looked at
    view: str = VIEWS[0]
    story: int = 0  # of the workshop's, from 1; 0 for none
    bets: Bets = ()  # on the cards of the workshop
    changes: Changes = ()

    @property
    def run(self) -> Run:
        """The run that is shown, the first of two."""
        return Run(self.scenario, self.coordinator, self.seed, self.changes)

    @property
    def other_run(self) -> Run:
        """The second of two: the same leaders and projects, levers as they usually are."""
        world = tuple(change for change in self.changes if not is_lever(change[0]))
        return Run(self.scenario, self.other, self.seed, world)

    @property
    def preset(self) -> Run:
        """The run without changes."""
        return replace(self.run, changes=())

    def changed(self, name: str, value: Value) -> State:
        """With another value of a setting; the preset's value is no change.

        Raises:
            ScenarioError: Not allowed, by itself (`NotAllowedError`) or with the others.
        """
        settings = self.run.settings | {name: checked_value(name, value)}
        if name == LATER:
            _check_years(settings[name], self.preset.resolved()[0].years)
        if settings[name] == usual(self.preset, name):
            del settings[name]
        state = replace(self, changes=tuple(sorted(settings.items())))
        try:
            state.run.resolved()
        except ScenarioError as error:
            raise NotFittingError(name, _plain(value), error) from None
        return state

    def undone(self, name: str | None = None) -> State:
        """Without one change, or without any."""
        left = tuple(one for one in self.changes if name is not None and one[0] != name)
        return replace(self, changes=left)

    def with_bet(self, card: int, points: int | None) -> State:
        """With a bet on a card, the first being 0; None: with none on it.

        Raises:
            NotAllowedError: There is no such card, or the bet lies beyond what can be bet.
        """
        if type(card) is not int or not 0 <= card < MOST_BETS:
            raise NotAllowedError("bets", shown(card), f"[0, {MOST_BETS - 1}]", "whole number")
        bets: list[int | None] = [*self.bets, *[None] * (MOST_BETS - len(self.bets))]
        bets[card] = None if points is None else _bet(str(points))
        return replace(self, bets=() if bets == [None] * MOST_BETS else tuple(bets))

    def with_coordinator(self, name: str) -> State:
        """With another coordinator, its levers as they usually are."""
        return replace(self, coordinator=name, changes=self.other_run.changes)

    @property
    def place(self) -> str:
        """What of it a browser's Back goes back to; the year, and the deal in it, are none."""
        moving = ("year", "deal", "work", "language", "story", "bets")
        return replace(self, **{name: getattr(State, name) for name in moving}).query()

    def query(self) -> str:
        """All that differs from the usual start, as it stands in a link."""
        usual_start = start()
        pairs = {
            name: getattr(self, name)
            for name in self.__dataclass_fields__
            if name != "changes" and getattr(self, name) != getattr(usual_start, name)
        }
        if self.bets:
            pairs["bets"] = "_".join(NO_BET if one is None else str(one) for one in self.bets)
        return urlencode([*pairs.items(), *((f"{SETTING}{k}", _plain(v)) for k, v in self.changes)])

    @classmethod
    def read(cls, query: str) -> State:
        """Read what `query` wrote.

        Raises:
            ScenarioError: Something in it is not known here, or not allowed (`NotAllowedError`).
        """
        state, wrong = cls.rescued(query)
        if wrong:
            raise wrong[0]
        return state

    @classmethod
    def rescued(cls, query: str) -> tuple[State, tuple[ScenarioError, ...]]:
        """Read what is right in a link; all else is as usual.

        A scenario and a coordinator are read before what depends on them, wherever they stand.

        Returns:
            The state, and what is wrong with each part that is not in it.

        Raises:
            NotAllowedError: The link is too long, or has too many parts.
        """
        pairs, wrong = _pairs(query)
        state = start()
        for key in sorted(pairs, key=_rank):
            try:
                state = _with(state, key, pairs[key])
            except ScenarioError as error:
                wrong.append(error)
        return state, tuple(wrong)


def _rank(key: str) -> int:
    """What is read first in a link: names, then what depends on them, settings last."""
    if key.startswith(SETTING):
        return 2
    return int(key in DEPENDENT)


def _with(state: State, key: str, text: str) -> State:
    """A state with one part of a link."""
    if key.startswith(SETTING):
        name = key.removeprefix(SETTING)
        return state.changed(name, _read(name, text))
    return replace(state, **{key: _field(state, key, text)})


def _field(state: State, key: str, text: str) -> Any:
    """What a field becomes with the text of a link."""
    known = offered()
    names: Mapping[str, Iterable[str]] = {
        "page": PAGES,
        "view": VIEWS,
        "language": LANGUAGES,
        "scenario": known.scenarios,
        "coordinator": known.institutions,
        "other": known.institutions,
    }
    numbers = {"seed": LARGEST_SEED, "deal": LAST_DEAL, "story": LAST_STORY}
    if key in names:
        return _one_of(key, text, names[key])
    if key in numbers:
        return whole(key, text, numbers[key])
    if key == "year":
        return _year(text)
    if key == "bets":
        return _bets(text)
    if key == "government":
        codes = known.scenarios[state.scenario].region.codes
        if text and text not in codes:
            raise NotAllowedError(key, text, codes)
        return text
    if key == "work":
        if len(text) > LONGEST_CODE:
            raise NotAllowedError(key, text, f"{LONGEST_CODE}", "letters")
        return text
    fields = [name for name in state.__dataclass_fields__ if name != "changes"]
    raise NotAllowedError("link", key, [*fields, f"{SETTING}NAME"])


def _pairs(query: str) -> tuple[dict[str, str], list[ScenarioError]]:
    """Texts by key, each letter with its accents as one character; of two texts the first counts.

    Returns:
        The texts, and what is wrong with keys that have two.
    """
    if len(query) > LONGEST_LINK:
        raise NotAllowedError("link", query, f"{LONGEST_LINK}", "letters")
    if query.count("&") >= MOST_PARTS:
        raise NotAllowedError("link", query, f"{MOST_PARTS}", "parts")
    found: dict[str, str] = {}
    wrong: dict[str, ScenarioError] = {}
    for pair in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
        key, text = map(composed, pair)
        if found.setdefault(key, text) != text:
            wrong.setdefault(key, NotAllowedError(key, f"{found[key]}, {text}", found[key]))
    return found, list(wrong.values())


def _one_of(key: str, text: str, ones: Iterable[str]) -> str:
    """The one among those offered that is written so, with its accents stored in any way."""
    found = next((one for one in ones if composed(one) == text), None)
    if found is None:
        raise NotAllowedError(key, text, _a_few(key, text, list(ones)))
    return found


def _a_few(key: str, text: str, names: list[str]) -> list[str]:
    """As many names as one sentence can hold: those alike, or what is usual, stand for many."""
    if len(names) <= FEW_NAMES:
        return names
    alike = get_close_matches(text[:LONGEST_NAME], names, n=3, cutoff=0.65)
    return [*(alike or [getattr(start(), key)]), "\N{HORIZONTAL ELLIPSIS}"]


@cache
def start() -> State:
    """What a new session shows; without the usual files the first of those there are."""
    state, known = State(), offered()
    scenarios, bodies = list(known.scenarios), list(known.institutions)
    return replace(
        state,
        scenario=state.scenario if state.scenario in scenarios else scenarios[0],
        coordinator=state.coordinator if state.coordinator in bodies else bodies[0],
        other=state.other if state.other in bodies else bodies[-1],
    )


def whole(key: str, text: str, most: int) -> int:
    """A whole number from 0 to `most`.

    Raises:
        NotAllowedError: It is none.
    """
    text = text.strip()
    short = len(text) <= 40  # a number of thousands of digits cannot even be read
    if not (short and text.isascii() and text.isdecimal() and int(text) <= most):
        raise NotAllowedError(key, text, f"[0, {most}]", "whole number")
    return int(text)


def _bets(text: str) -> Bets:
    """Bets in a link, card by card."""
    parts = text.split("_")
    if len(parts) > MOST_BETS:
        raise NotAllowedError("bets", text, f"{MOST_BETS}", "parts")
    read = [None if part == NO_BET else _bet(part) for part in parts]
    every = (*read, *[None] * (MOST_BETS - len(read)))
    return () if all(one is None for one in every) else every


def _bet(text: str) -> int:
    """A whole number of percentage points."""
    short = len(text) <= 4
    if not (short and re.fullmatch(r"-?\d+", text, re.ASCII)) or not (
        LOWEST_BET <= int(text) <= HIGHEST_BET
    ):
        allowed = f"[{LOWEST_BET}, {HIGHEST_BET}]"
        raise NotAllowedError("bets", text, allowed, "whole number")
    return int(text)


def _year(text: str) -> int:
    """A year in a link; one beyond all is the last."""
    try:
        return whole("year", text, LAST_YEAR)
    except NotAllowedError:
        if text.isascii() and text.strip().isdecimal():
            return LAST_YEAR
        raise


def language_of(query: str) -> str:
    """The language that a link asks for, whatever else is wrong with it; else the usual one."""
    asked = dict(parse_qsl(query.removeprefix("?"))).get("language", "")
    return asked if asked in LANGUAGES else State().language


def is_lever(name: str) -> bool:
    """Whether a setting is a lever, not one of the leaders or of the world."""
    return parameter(name).part == "levers"


def usual(run: Run, name: str) -> Value:
    """Value of a setting in a run."""
    scenario, institution = run.resolved()
    if name == LATER:
        return written(scenario.changes)
    part = {"levers": institution.levers, "leaders": scenario.leaders}
    value: Value = getattr(part.get(parameter(name).part, scenario.behaviour), name)
    return value


def checked_value(name: str, value: Value) -> Value:
    """A value as the setting takes it.

    Raises:
        NotAllowedError: There is no such setting, or the value is not allowed.
    """
    known = _movable(name)
    _check_built_in(name, value)
    try:
        checked = known.validate(value)
    except ScenarioError:
        raise NotAllowedError(name, _plain(value), *_allowed(known)) from None
    if name == LATER:
        for law in checked:
            for lever, its in law.set:
                _check_cap(lever, its)
        return written(checked)
    _check_cap(name, checked)
    one: Value = checked
    return one


def _check_cap(name: str, value: Value) -> None:
    """Refuse what would keep the machine busy without end: all visitors share it."""
    if name in CAPS and float(value) > CAPS[name]:
        raise NotAllowedError(name, _plain(value), *_allowed(parameter(name)))


def _movable(name: str) -> Parameter:
    """What is known of a setting that may differ."""
    movable = {
        one.name: one
        for one in parameters()
        if (one.part in MOVABLE and one.type != "list") or one.name == LATER
    }
    if not isinstance(name, str):  # whatever a browser may send
        raise NotAllowedError("set", shown(name), "", "settings")
    if name not in movable:
        elsewhere = any(one.name == name for one in parameters())  # it cannot differ here
        alike = get_close_matches(name[:LONGEST_NAME], movable, n=3, cutoff=ALIKE)
        close = [*alike, "\N{HORIZONTAL ELLIPSIS}"] if alike and not elsewhere else []
        raise NotAllowedError("set", name, close, "" if close else "settings")
    return movable[name]


def _check_built_in(name: str, given: Value) -> None:
    """Refuse a later law that is no built-in: a link or a page opens no file of this machine."""
    if name != LATER:
        return
    if not isinstance(given, str):
        raise NotAllowedError(name, shown(given), EXAMPLE)
    known = institution_names()
    for word in given.replace(";", " ").split():
        if not (word.isdecimal() or "=" in word or word in known):
            raise NotAllowedError(name, word, known)


def _check_years(later: Value, years: int) -> None:
    """Refuse a later law outside the years of the scenario, or before the one before it."""
    before = FIRST_CHANGE
    for change in filter(None, map(str.strip, str(later).split(";"))):
        year = int(change.split()[0])  # the notation has been checked
        if not before <= year <= years:
            raise NotAllowedError(LATER, change, f"[{FIRST_CHANGE}, {years}]", "years")
        before = year + 1


def _allowed(known: Parameter) -> tuple[str, str]:
    """What a setting may be, and which kind of thing that is."""
    if known.type == "flag":
        return "true, false", ""
    if known.type == "choice":
        return ", ".join(known.choices), ""
    if known.type == "text":
        return EXAMPLE, ""
    return interval(known.name), known.type


def _read(name: str, text: str) -> Value:
    """The value of a setting in a link."""
    known = _movable(name)
    _check_built_in(name, text)
    try:
        value: Value = known.parse(_pointed(text) if known.type.endswith("number") else text)
    except ScenarioError:
        raise NotAllowedError(name, text, *_allowed(known)) from None
    return value


def _pointed(text: str) -> str:
    """A number with a point before its decimals, where a comma can mean nothing else."""
    number = text.strip()
    pointed = number.replace(",", ".")
    decimals = NUMBER.fullmatch(pointed) and number.count(",") == 1
    return pointed if decimals and not THOUSANDS.fullmatch(number) else text


def _plain(value: Value) -> str:
    """A value as a link and the command line take it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@lru_cache(maxsize=256)
def _resolved(scenario: str, coordinator: str, changes: Changes) -> tuple[Scenario, Institution]:
    known = offered()
    world, body = known.scenarios.get(scenario), known.institutions.get(coordinator)
    return resolve(world or scenario, body or coordinator, **dict(changes))
