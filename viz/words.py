"""Every word that a person can read on the screen; a second language is a second `Words`.

Templates are filled with `str.format`. Names of works fit into a sentence ("the port of Ca Mau");
`sentence` makes the first letter a capital.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FeedWords:
    """Sentences of the feed. `work` is a work's name, `names` a list of governments."""

    work: str = "the {kind} of {host}"
    another_work: str = "the {nth} {kind} of {host}"  # if the host has had one of that kind before
    nth: tuple[str, ...] = (
        *("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    )
    later: str = "{n}th"  # beyond the list
    two_names: str = "{first} and {last}"
    many_names: str = "{first}, {second}"
    everyone: str = "all {n} parties"

    new_leader: str = "{names} has a new leader."
    new_leaders: str = "{n} of the {all} governments have new leaders."
    arrived: str = "New on the agenda: {work}, with {names} ({cost})."
    agreed: str = "{names} sign {work}."
    agreed_by_some: str = "{yes} of {n} parties sign {work}, which binds them all."
    approved: str = "The coordinator approves {work} and binds its {n} parties."
    refused: str = "The coordinator refuses {work}: it expects benefits of {ratio} times the costs."
    failed_by_one: str = "{work} fails; {names} refuses."
    failed_by_many: str = "{work} fails; {names} refuse."
    failed: str = "{work} fails."
    breaks_promise: str = "{names} breaks its promise on {work}"
    break_promises: str = "{names} break their promises on {work}"
    others_carry: str = "{broken}; the others carry the share."
    fund_carries: str = "{broken}; the fund carries the share."
    then_dies: str = "{broken}; the work dies with {share} paid."
    then_dies_unpaid: str = "{broken}; the work dies before anything is paid."
    fined_one: str = "{names} pays a fine."
    fined_many: str = "{names} pay fines."
    opened: str = "{work} opens."
    goes_alone: str = "{names} goes alone and builds a copy of {work}."
    go_alone: str = "{names} go alone; each builds a copy of {work}."
    expired: str = "{work} leaves the agenda unsigned."


@dataclass(frozen=True)
class Words:
    """All words of one language."""

    title: str = "Neighbours at the table"

    # what can be chosen and pressed
    scenario: str = "Scenario"
    coordinator: str = "Coordinator"
    seed: str = "Seed"
    bad_seed: str = (
        "“{text}” cannot be a seed: type a whole number, 0 or more, such as 7; "
        "the run on the screen stays as it is."
    )
    play: str = "Play"
    pause: str = "Pause"
    step: str = "Step"
    reset: str = "Reset"
    start: str = "Year 0 of {years}"
    year: str = "Year {year} of {years}"
    winding_up: str = "Year {year}, winding up"
    over: str = "Year {year}, all settled"

    # the map
    map: str = "The region and its joint works"
    map_hint: str = "Darker: trusted more. Lines: joint works. Numbers: works hosted."
    under_way: str = "under way"
    opened: str = "open"
    died: str = "died"
    died_now: str = "died this year"
    trusted_by: str = "{name}: trust of the others {trust}"
    low: str = "no trust"
    high: str = "full trust"

    # trust
    trust: str = "Who trusts whom"
    trust_hint: str = "How far a row trusts a column; blank: never partners."
    trust_of: str = "{who} in {whom}: {trust}"

    # the two verdicts
    success: str = "Success: is it agreed and built?"
    success_unit: str = "Joint works since year 1"
    proposed: str = "proposed"
    signed: str = "signed"
    worth: str = "Worth: what is it good for?"
    worth_unit: str = "{currency}, present value; costs as paid, benefits at opening"
    possible: str = "possible so far"
    welfare: str = "welfare so far"
    share: str = "of the possible"
    undefined: str = "\N{EN DASH}"

    # the feed
    feed: str = "What happened"
    opening: str = """\
{n} governments share a region. Each year some of them propose works to build and to pay for \
together with their neighbours.
The neighbours sign or refuse. Who has signed pays year by year, or breaks the promise. Some go \
alone and build a copy of their own.
What a coordinator can do about it differs from one to the other. Choose one, then press Step for \
one year, or Play for all of them."""
    year_heading: str = "Year {year}"
    quiet_year: str = "A quiet year."
    sentences: FeedWords = field(default_factory=FeedWords)

    def number(self, value: float) -> str:
        """A whole number with its thousands apart; a proper minus sign."""
        return f"{value:,.0f}".replace("-", "\N{MINUS SIGN}")

    def percent(self, share: float) -> str:
        """A share in per cent; nothing defined: a dash."""
        return (
            self.undefined
            if math.isnan(share)
            else f"{self.number(100 * share)}\N{NO-BREAK SPACE}%"
        )

    def decimal(self, value: float) -> str:
        """A number with two decimals."""
        return f"{value:.2f}"

    def names(self, names: Sequence[str]) -> str:
        """A list as it is read out: "A, B and C"."""
        told = self.sentences
        if len(names) < 2:
            return "".join(names)
        text = names[-2]
        text = told.two_names.format(first=text, last=names[-1])
        for name in reversed(names[:-2]):
            text = told.many_names.format(first=name, second=text)
        return text

    def nth(self, n: int) -> str:
        """The word for the n-th, from the second on."""
        ordinals = self.sentences.nth
        return ordinals[n - 2] if n - 2 < len(ordinals) else self.sentences.later.format(n=n)


ENGLISH = Words()


def sentence(text: str) -> str:
    """The text with a capital at its start, ready for the screen."""
    return text[:1].upper() + text[1:]
