"""Every word that a person can read on the screen, in each language that is spoken here.

A language is a file in `language/`: the fields of `Words`, all of them and no others, which reading
it checks. Templates are filled with `str.format`. Names of works fit into a sentence ("the port of
Ca Mau"); `sentence` makes the first letter a capital. Names of governments, institutions and kinds
of works come from their own files.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kernegotiate.scenario import Institution, Scenario
from kernegotiate.scenario.changes import Regime
from kernegotiate.scenario.region import Government
from viz.feed_words import FeedWords
from viz.numerals import Numerals

FOLDER = Path(__file__).with_name("language")
LANGUAGES = tuple(
    sorted((path.stem for path in FOLDER.glob("*.toml")), key=lambda code: (code != "en", code))
)
"""Codes of all languages; the first is what the window speaks unasked."""
LOCAL = "vi"
"""What `name_vi` and `title_vi` in the files of scenarios and institutions are written in."""


@dataclass(frozen=True)
class DoorWords:
    """What is said at the door: a heading, and a sentence that helps."""

    key: str
    enter: str
    needs_key: str
    needs_key_help: str
    wrong_key: str
    wrong_key_help: str
    often: str
    often_help: str
    full: str
    full_help: str
    misnamed: str
    misnamed_help: str
    nothing: str
    nothing_help: str
    invite: str
    invite_help: str


@dataclass(frozen=True, kw_only=True)
class Words(Numerals):
    """All words of one language."""

    code: str
    language: str  # its own name
    names_in: str  # the language of names of places and the like: "en", or `LOCAL`
    title: str
    question: str
    views: Mapping[str, str]  # buttons that lead to each

    # the bar
    watch: str
    compare: str
    ask: str
    scenario: str
    no_country: str  # above scenarios that tell none
    coordinator: str
    kinds_of_institutions: Mapping[str, str]  # above coordinators of a kind
    other_coordinator: str
    seed: str
    bad_seed: str
    bad_link: str
    no_link: str  # one of which nothing can be shown
    and_more: str  # after some of what is wrong
    not_possible: str
    not_allowed: str
    allowed: Mapping[str, str]  # what may stand there, by kind
    left_out: str
    not_shown: str
    preparing: str  # while the engine is compiled
    unanswered: Mapping[str, str]  # why no answer comes, by cause
    changed: str  # before what differs from the preset
    change: str
    since: str
    undo: str
    undo_all: str
    on: str
    off: str

    # the stories of a workshop
    guide: str
    stories: str
    answer: str
    notes: str
    next_story: str

    # the clock
    play: str
    pause: str
    step: str
    next_year: str
    paces: Mapping[str, str]
    deal_of: str
    back: str
    reset: str
    speed: str
    timeline: str
    keys: str
    start: str
    year: str
    winding_up: str
    over: str

    # the map
    map: str
    look_at: str
    nobody: str
    forms: Mapping[str, str]  # what became of a work; see `viz/forms.py`
    life: str  # a year of a work that is singled out

    # the headline
    counts: Mapping[str, str]
    strip: str
    worth_of: str

    # the map, for the rest
    opened: str
    died: str
    outside: str  # of a voluntary body
    members: str
    fund: str
    fund_owes: str
    trusted_by: str
    leader_left: str

    # trust
    trust: str
    trust_hint: str
    trust_of: str

    # the two verdicts
    success: str
    proposed: str
    signed: str
    worth: str
    worth_unit: str
    possible: str
    welfare: str
    share: str
    difference_success: str
    difference_worth: str

    # one government
    close: str
    leader: str
    leader_terms: str
    weights: str
    home: str
    legacy: str
    credit: str
    trusts: str
    is_trusted: str
    money: str
    money_unit: str
    spent_on_works: str
    spent_on_copies: str
    levies_and_fines: str
    transfers: str
    benefits_now: str
    owed: str
    vote: str
    no_vote: str
    voted_yes: str
    voted_no: str
    yes_on_paper: str
    predecessor: str
    broke: str
    kept: str
    why: str
    keep_question: str
    signing_question: str
    keeping: str
    refusing: str
    enough: str
    too_little: str
    no_room: str  # why not, though it would be enough
    paper_question: str
    refusing_only: str
    more: str
    not_more: str
    less_transfers: str  # of a no that costs some
    package: str  # works that are voted on together
    earlier: str
    later: str
    terms: Mapping[str, str]
    membership: str
    never_member: str
    outsider_since: str
    member_since: str
    no_vote_outside: str
    stay_why: str
    stay_question: str
    stay_for: str
    stay_against: str
    stay_enough: str
    stay_too_little: str
    answered_before: str  # by the leader before
    stay_terms: Mapping[str, str]
    stay_reasons: Mapping[str, str]  # why one joins or leaves, in the feed

    # asking
    invitation: str  # before anything is moved
    later_year: str
    later_law: str
    later_none: str
    runs: str
    computing: str
    usual: str
    yours: str
    distribution: str
    distribution_hint: str
    completed_share: str
    welfare_share: str
    ledger: str
    ledger_hint: str
    causes: str
    causes_hint: str
    lost: str  # above lines of the ledger
    together: str  # what all causes lost
    by_cause: str
    rest: str  # small lines
    unchanged: str
    against_preset: str
    no_difference: str
    idle: str
    groups: Mapping[str, str]
    units: Mapping[str, str]  # what is behind the value of a setting
    settings: Mapping[str, str]  # labels of levers and parameters
    values: Mapping[str, str]  # words for choices
    ledger_lines: Mapping[str, str]
    cause_words: Mapping[str, str]
    remedies: Mapping[str, str]

    # betting on cards, and two pages to print
    betting: Mapping[str, str]
    paper: Mapping[str, str]

    # taking it along
    share_it: str
    invite_others: str
    link: str
    link_hint: str
    copy: str
    copied: str
    file: str
    open_file: str
    bad_file: str
    data: str
    pictures: str  # above those that can be saved
    figures_of: str  # a button: the figures behind a picture
    year_column: str
    save_as: str
    command: str
    command_hint: str
    command_hint_ask: str

    # the feed
    feed: str
    opening: str
    year_heading: str
    quiet_year: str
    sentences: FeedWords

    # before the window is entered
    door: DoorWords

    # what the built-in files say in English alone
    currencies: Mapping[str, str]

    def names(self, names: Sequence[str]) -> str:
        """A list as it is read out: "A, B and C"."""
        return self._listed(names, self.sentences.two_names)

    def ways(self, ways: Sequence[str]) -> str:
        """Alternatives as they are read out: "A, B or C"."""
        return self._listed(ways, self.sentences.two_ways)

    def nth(self, n: int) -> str:
        """The word for the n-th, from the second on."""
        ordinals = self.sentences.nth
        return ordinals[n - 2] if n - 2 < len(ordinals) else self.sentences.later.format(n=n)

    def title_of(self, named: Scenario | Institution) -> str:
        """Title of a scenario or an institution."""
        return self._told(named.title, named.title_vi)

    def country_of(self, scenario: Scenario) -> str:
        """Country of a scenario; "" if it tells none."""
        return self._told(scenario.country, scenario.country_vi)

    def regime(self, regime: Regime, before: Regime | None = None) -> str:
        """Who coordinates from a year on, if that was another `before`, and what else is set."""
        told = [f"{self.settings.get(k, k)}: {self.value(v)}" for k, v in regime.set]
        title = self.title_of(regime.institution)
        same = before is not None and title == self.title_of(before.institution)
        return ", ".join(told if told and same else [title, *told])

    def regimes(self, regimes: Sequence[Regime]) -> list[str]:
        """Each as what it changes of the one before."""
        pairs = zip(regimes, [None, *regimes[:-1]], strict=True)
        return [self.regime(one, before) for one, before in pairs]

    def place(self, government: Government) -> str:
        """Name of a government: in the local script where that is this language's."""
        return self._told(government.name, government.name_vi)

    def kind(self, name: str, local: Mapping[str, str]) -> str:
        """A kind of work, given the local names of kinds."""
        return self._told(name, local.get(name, name))

    def currency(self, unit: str) -> str:
        """The unit of money."""
        return self.currencies.get(unit, unit)

    def sum_of(self, amount: float, unit: str) -> str:
        """A sum of money."""
        return f"{self.number(amount)} {self.currency(unit)}"

    def value(self, value: Any) -> str:
        """A value of a lever or parameter."""
        if isinstance(value, bool):
            return self.on if value else self.off
        if isinstance(value, str):
            return self.values.get(value, value)
        return self.shortest(value)

    def _told(self, name: str, local: str) -> str:
        return local if self.names_in == LOCAL else name

    def _listed(self, names: Sequence[str], two: str) -> str:
        if len(names) < 2:
            return "".join(names)
        text = two.format(first=names[-2], last=names[-1])
        for name in reversed(names[:-2]):
            text = self.sentences.many_names.format(first=name, second=text)
        return text


@cache
def speak(code: str) -> Words:
    """The words of a language.

    Args:
        code: One of `LANGUAGES`.

    Raises:
        TypeError: Its file lacks a field or has one too many.
    """
    table = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    sentences = table.pop("sentences")
    sentences["nth"] = tuple(sentences["nth"])
    door = DoorWords(**table.pop("door"))
    return Words(code=code, sentences=FeedWords(**sentences), door=door, **table)


def sentence(text: str) -> str:
    """The text with a capital at its start, ready for the screen."""
    return text[:1].upper() + text[1:]
