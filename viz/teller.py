"""From events to sentences.

A vote or a payment is no news by itself: what is told is how a draft ended and who refused it in
the end, who broke a promise and what became of the work. All that a year brings to one work is told
together.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kernegotiate.agents import Event
from viz.view import View, Work
from viz.words import Words, sentence

FEW = 3  # names are listed; of more, "all 5 parties" is said when it is all of them


@dataclass(frozen=True)
class Line:
    """One sentence, and what kind of news it is: new, signed, open, died, failed, alone, other."""

    kind: str
    text: str


def tell(view: View, events: list[Event], words: Words) -> list[Line]:
    """The sentences of one year's events."""
    lines = list(_turnovers(view, events, words))
    about: dict[str, list[Event]] = {}
    for event in events:
        if event.project is not None:
            about.setdefault(event.project, []).append(event)
    for code, happened in about.items():
        lines += Tale(view, view.works[code], happened, words).lines()
    return [Line(line.kind, sentence(line.text)) for line in lines]


def _turnovers(view: View, events: list[Event], words: Words) -> Iterator[Line]:
    new = [e.government for e in events if e.event == "took_office" and e.year > 1]
    names = [view.names[code] for code in new if code is not None]
    say = words.sentences
    if len(names) == 1:
        yield Line("other", say.new_leader.format(names=names[0]))
    elif names:
        yield Line("other", say.new_leaders.format(n=len(names), all=len(view.names)))


@dataclass(frozen=True)
class Tale:
    """What a year brings to one work."""

    view: View
    work: Work
    events: list[Event]
    words: Words

    def lines(self) -> Iterator[Line]:
        """The sentences, in the order of the year."""
        happened = {event.event for event in self.events}
        for kind, event, told in (
            ("new", "arrived", self.arrival),
            ("signed", "agreed", self.agreement),
            ("signed", "approved", self.approval),
            ("failed", "refused", self.refusal),
            ("failed", "failed", self.failure),
            ("died", "reneged", self.broken_promise),
            ("open", "opened", self.opening),
            ("alone", "copied", self.going_alone),
            ("failed", "expired", self.expiry),
        ):
            if event in happened:
                yield Line(kind, told())

    @property
    def name(self) -> str:
        """The work as it stands in a sentence."""
        say, host = self.words.sentences, self.party(self.work.host)
        if self.work.nth == 1:
            return say.work.format(kind=self.work.kind, host=host)
        nth = self.words.nth(self.work.nth)
        return say.another_work.format(nth=nth, kind=self.work.kind, host=host)

    def party(self, number: int) -> str:
        """Name of a government."""
        return self.view.region.governments[number].name

    def who(self, event: str) -> list[str]:
        """Governments that an event is about."""
        codes = (e.government for e in self.events if e.event == event)
        return [self.view.names[code] for code in codes if code is not None]

    def told(self, names: list[str]) -> str:
        """The names, or "all 5 parties"."""
        size = len(self.work.parties)
        if len(names) == size > FEW:
            return self.words.sentences.everyone.format(n=size)
        return self.words.names(names)

    def amount(self, event: str) -> float:
        """What the event says in figures."""
        return next(e.amount for e in self.events if e.event == event)

    def arrival(self) -> str:
        """A work is proposed."""
        partners = self.words.names([self.party(g) for g in self.work.parties[1:]])
        cost = f"{self.words.number(self.work.cost)} {self.view.region.currency}"
        return self.words.sentences.arrived.format(work=self.name, names=partners, cost=cost)

    def agreement(self) -> str:
        """A draft passed, with every yes or with enough of them."""
        size, yes, say = len(self.work.parties), int(self.amount("agreed")), self.words.sentences
        if yes < size:
            return say.agreed_by_some.format(work=self.name, yes=yes, n=size)
        names = self.told([self.party(g) for g in self.work.parties])
        return say.agreed.format(work=self.name, names=names)

    def approval(self) -> str:
        """The coordinator decided for it."""
        size = len(self.work.parties)
        return self.words.sentences.approved.format(work=self.name, n=size)

    def refusal(self) -> str:
        """The coordinator decided against it."""
        ratio = self.words.decimal(self.amount("refused"))
        return self.words.sentences.refused.format(work=self.name, ratio=ratio)

    def failure(self) -> str:
        """No draft passed; those who refused the last one are named."""
        votes = [event for event in self.events if event.event == "voted"]
        last = votes[-len(self.work.parties) :]
        codes = (e.government for e in last if e.amount == 0.0)
        names = [self.view.names[code] for code in codes if code is not None]
        say = self.words.sentences
        one_or_many = (say.failed, say.failed_by_one)[len(names)] if len(names) < 2 else None
        return (one_or_many or say.failed_by_many).format(work=self.name, names=self.told(names))

    def broken_promise(self) -> str:
        """Parties stop paying; others take over, or the work dies."""
        say, names = self.words.sentences, self.who("reneged")
        template = say.breaks_promise if len(names) == 1 else say.break_promises
        broken = template.format(names=self.told(names), work=self.name)
        happened = {event.event for event in self.events}
        if "died" in happened:
            paid = self.amount("died")
            template = say.then_dies if paid > 0.0 else say.then_dies_unpaid
            text = template.format(broken=broken, share=self.words.percent(paid))
        elif "taken_over" in happened:
            text = say.fund_carries.format(broken=broken)
        else:
            text = say.others_carry.format(broken=broken)
        return text + self._fines()

    def _fines(self) -> str:
        names = self.who("fined")
        say = self.words.sentences
        template = say.fined_one if len(names) == 1 else say.fined_many
        return f" {template.format(names=self.told(names))}" if names else ""

    def opening(self) -> str:
        """A work is finished."""
        return self.words.sentences.opened.format(work=self.name)

    def going_alone(self) -> str:
        """Parties build what the joint work would give them, each for itself."""
        say, names = self.words.sentences, self.who("copied")
        template = say.goes_alone if len(names) == 1 else say.go_alone
        return template.format(names=self.words.names(names), work=self.name)

    def expiry(self) -> str:
        """Its time on the agenda is over."""
        return self.words.sentences.expired.format(work=self.name)
