"""From events to sentences.

A vote or a payment is no news by itself: what is told is how a draft ended and who refused it in
the end, who broke a promise and what became of the work. All that a year brings to one work is told
together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kernegotiate.agents import Event
from kernegotiate.scenario.mergers import seated
from viz import joining
from viz.view import View, Work
from viz.words import Words, sentence

FEW = 3  # names are listed; of more, "all 5 parties" is said when it is all of them
WEIGHTY = 0.2  # weight of a cause that is told

NEWS = {
    "arrived": ("new", "arrival"),
    "kept_off": ("other", "keeping_off"),
    "declared": ("signed", "declaration"),
    "agreed": ("signed", "agreement"),
    "approved": ("signed", "approval"),
    "refused": ("failed", "refusal"),
    "failed": ("failed", "failure"),
    "outvoted": ("failed", "outvoting"),
    "cleared": ("signed", "clearance"),
    "sent_back": ("failed", "sending_back"),
    "overran": ("other", "overrun"),
    "reopened": ("other", "reopening"),
    "reneged": ("died", "broken_promise"),
    "opened": ("open", "opening"),
    "copied": ("alone", "going_alone"),
    "expired": ("failed", "expiry"),
}
"""Events that are news of a work, in the order of the year: the kind of news, who tells it."""


@dataclass(frozen=True)
class Line:
    """One sentence, and what kind of news it is: new, signed, open, died, failed, alone, other."""

    kind: str
    text: str
    work: str = ""  # code of the one that it is about


def tell(view: View, events: list[Event], words: Words) -> list[Line]:
    """The sentences of one year's events."""
    say = words.sentences
    lines = [
        *_laws(view, events, words),
        *_mergers(view, events, words),
        *_turnovers(view, events, words),
        *(Line("other", text) for text in joining.told(view, events, words)),
        *_befallen("lacked", view, events, words, say.bad_year, say.bad_years),
        *_befallen("borrowed", view, events, words, say.borrowing, say.borrowing_many),
        *_debts(view, events, words),
    ]
    about: dict[str, list[Event]] = {}
    for event in events:
        if event.project is not None:
            about.setdefault(event.project, []).append(event)
    for code, happened in about.items():
        lines += Tale(view, view.works[code], happened, words).lines()
    return [replace(line, text=sentence(line.text)) for line in lines]


def _laws(view: View, events: list[Event], words: Words) -> Iterator[Line]:
    for event in events:
        if event.event == "law":
            laws = [one for one in view.regimes if one.since <= event.year]
            yield Line("other", words.sentences.law.format(law=words.regimes(laws)[-1]))


def _mergers(view: View, events: list[Event], words: Words) -> Iterator[Line]:
    year = next((e.year for e in events if e.event == "merged"), 0)
    for merger in view.mergers if year else ():
        if merger.year == year:
            names = [
                words.place(view.region.governments[view.numbers[code]]) for code in merger.members
            ]
            text = words.sentences.merged.format(names=words.names(names))
            yield Line("other", text)


def _turnovers(view: View, events: list[Event], words: Words) -> Iterator[Line]:
    new = [e.government for e in events if e.event == "took_office" and e.year > 1]
    places = [view.region.governments[view.numbers[code]] for code in new if code is not None]
    names = [words.place(place) for place in places]
    say = words.sentences
    if len(names) == 1:
        yield Line("other", say.new_leader.format(names=names[0]))
    elif names:
        there = _there(view, events)
        yield Line("other", say.new_leaders.format(n=len(names), all=there))


def _befallen(
    event: str, view: View, events: list[Event], words: Words, few: str, many: str
) -> Iterator[Line]:
    """What happens to governments and is about no work: they are named if they are few."""
    codes = [e.government for e in events if e.event == event and e.government is not None]
    names = [words.place(view.region.governments[view.numbers[code]]) for code in codes]
    if 0 < len(names) <= FEW:
        yield Line("other", few.format(names=words.names(names)))
    elif names:
        yield Line("other", many.format(n=len(names), all=_there(view, events)))


def _there(view: View, events: list[Event]) -> int:
    """How many governments there are in the year of these events."""
    return len(seated(view.numbers, view.mergers, events[0].year))


def _debts(view: View, events: list[Event], words: Words) -> Iterator[Line]:
    """What the fund borrows or repays."""
    templates = {"borrowed": words.sentences.fund_borrows, "repaid": words.sentences.fund_repays}
    for event in events:
        if event.event in templates and event.government is None:
            owed = sum(
                one.amount if one.event == "borrowed" else -one.amount
                for one in view.log
                if one.event in templates and one.government is None and one.year <= event.year
            )
            unit = view.region.currency
            amount, debt = (words.sum_of(value, unit) for value in (event.amount, max(owed, 0.0)))
            yield Line("other", templates[event.event].format(amount=amount, debt=debt))


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
        for event, (kind, told) in NEWS.items():
            if event in happened:
                yield Line(kind, getattr(self, told)(), self.work.code)

    @property
    def year(self) -> int:
        """Of what happened."""
        return self.events[0].year

    @cached_property
    def parties(self) -> tuple[int, ...]:
        """Those of the year, host first; some may have merged since."""
        return tuple(self.view.numbers[code] for code in self.view.parties(self.work, self.year))

    @cached_property
    def seats(self) -> tuple[int, ...]:
        """Those of the parties that sit where it is talked about this year."""
        return tuple(self.view.numbers[code] for code in self.view.seats(self.work, self.year))

    def outsiders(self) -> str:
        """Names the parties that have no seat; "" if all have one."""
        names = [self.party(g) for g in self.parties if g not in self.seats]
        say = self.words.sentences
        return say.outsiders.format(names=self.words.names(names)) if names else ""

    def without_the_body(self) -> str:
        """That the body has no part in it; "" if it has."""
        if not self.view.is_apart(self.work, self.year):
            return ""
        say, host = self.words.sentences, self.parties[0]
        out = self.view.region.codes[host] in self.view.outside[self.year]
        return (say.no_part if out else say.no_company).format(host=self.party(host))

    def with_seats(self, told: str) -> str:
        """A sentence on how talks ended, and who had no part in them."""
        if self.without_the_body():
            return self.words.sentences.apart.format(told=told)
        return f"{told} {self.outsiders()}".rstrip()

    @property
    def name(self) -> str:
        """The work as it stands in a sentence."""
        say, host = self.words.sentences, self.party(self.work.place)
        kind = self.words.kind(self.work.kind, self.view.kinds)
        if self.work.nth == 1:
            return say.work.format(kind=kind, host=host)
        nth = self.words.nth(self.work.nth)
        return say.another_work.format(nth=nth, kind=kind, host=host)

    def party(self, number: int) -> str:
        """Name of a government."""
        return self.words.place(self.view.region.governments[number])

    def names(self, codes: Iterable[str | None]) -> list[str]:
        """Names of governments."""
        return [self.party(self.view.numbers[code]) for code in codes if code is not None]

    def who(self, event: str) -> list[str]:
        """Governments that an event is about."""
        return self.names(e.government for e in self.events if e.event == event)

    def told(self, names: list[str]) -> str:
        """The names, or "all 5 parties"."""
        size = len(self.parties)
        if len(names) == size > FEW:
            return self.words.sentences.everyone.format(n=size)
        return self.words.names(names)

    def amount(self, event: str) -> float:
        """What the event says in figures."""
        return next(e.amount for e in self.events if e.event == event)

    def arrival(self) -> str:
        """A work is proposed."""
        partners = self.words.names([self.party(g) for g in self.parties[1:]])
        cost = self.words.sum_of(self.work.cost, self.view.region.currency)
        say = self.words.sentences
        template = say.arrived if partners else say.arrived_within
        told = template.format(work=self.name, names=partners, cost=cost)
        told = f"{told} {self.without_the_body()}".rstrip()
        tabled = any(event.event == "tabled" for event in self.events)
        return told if tabled else f"{told} {say.waits}"

    def agreement(self) -> str:
        """A draft passed, with every yes or with enough of them."""
        size, yes, say = len(self.seats), int(self.amount("agreed")), self.words.sentences
        if yes < size:
            return self.with_seats(say.agreed_by_some.format(work=self.name, yes=yes, n=size))
        names = self.told([self.party(g) for g in self.seats])
        template = say.agreed if size > 1 else say.agreed_within
        return self.with_seats(template.format(work=self.name, names=names))

    def declaration(self) -> str:
        """The parties, or enough of them, declare what they want, and are bound to nothing."""
        size, yes, say = len(self.seats), int(self.amount("declared")), self.words.sentences
        if yes < size:
            return self.with_seats(say.declared_by_some.format(work=self.name, yes=yes, n=size))
        names = self.told([self.party(g) for g in self.seats])
        template = say.declared if size > 1 else say.declared_within
        return self.with_seats(template.format(work=self.name, names=names))

    def approval(self) -> str:
        """The coordinator decided for it."""
        size = len(self.seats)
        say = self.words.sentences
        template = say.approved if size > 1 else say.approved_within
        return self.with_seats(template.format(work=self.name, n=size))

    def refusal(self) -> str:
        """The coordinator decided against it."""
        ratio = self.words.decimal(self.amount("refused"))
        return self.words.sentences.refused.format(work=self.name, ratio=ratio)

    def outvoting(self) -> str:
        """The members' delegates decided against it, and against the coordinator."""
        return self.words.sentences.outvoted.format(work=self.name)

    def keeping_off(self) -> str:
        """Who sets the agenda does not let it come to the table."""
        ratio = self.words.decimal(self.amount("kept_off"))
        return self.words.sentences.kept_off.format(work=self.name, ratio=ratio)

    def clearance(self) -> str:
        """Somebody who had to approve it has done so."""
        n = int(self.amount("cleared"))
        return self.words.sentences.cleared.format(work=self.name, n=n)

    def sending_back(self) -> str:
        """Somebody who had to approve it has refused, and all are free."""
        n = int(self.amount("sent_back"))
        return self.words.sentences.sent_back.format(work=self.name, n=n)

    def overrun(self) -> str:
        """Its cost has grown."""
        more = self.words.sum_of(self.amount("overran"), self.view.region.currency)
        return self.words.sentences.overran.format(work=self.name, more=more)

    def reopening(self) -> str:
        """Some are spared costs, which their partners pay in their place."""
        names = self.told(self.who("reopened"))
        return self.words.sentences.reopened.format(work=self.name, names=names)

    def failure(self) -> str:
        """No draft passed; those who refused the last one are named."""
        votes = [event for event in self.events if event.event == "voted"]
        last = votes[-len(self.seats) :]
        names = self.names(e.government for e in last if e.amount == 0.0)
        say = self.words.sentences
        one_or_many = (say.failed, say.failed_by_one)[len(names)] if len(names) < 2 else None
        text = (one_or_many or say.failed_by_many).format(work=self.name, names=self.told(names))
        return self.with_seats(f"{text} {self.remedy()}".rstrip())

    def remedy(self) -> str:
        """What would have let the motion pass; "" if nothing would, or only much together."""
        refusal = self.view.refusals[self.work.code, self.events[0].year]
        ways = [
            self.words.names([self.words.remedies[friction] for friction in way])
            for way in refusal.remedies[:FEW]
            if 0 < len(way) < FEW
        ]
        if not ways:
            return ""
        return self.words.sentences.helped.format(ways=self.words.ways(ways))

    def blame(self) -> str:
        """Why a good work was not built; "" if it was, or should not have been."""
        strongest = sorted(self.work.causes, key=lambda cause: -cause[1])
        causes = [self.words.cause_words[c] for c, weight in strongest if weight >= WEIGHTY]
        if not causes:
            return ""
        told = self.words.names(causes)
        return f" {self.words.sentences.cause.format(causes=told)}"

    def broken_promise(self) -> str:
        """Parties stop paying; others take over, or the work dies."""
        say, names = self.words.sentences, self.who("reneged")
        template = say.breaks_promise if len(names) == 1 else say.break_promises
        broken = template.format(names=self.told(names), work=self.name)
        happened = {event.event for event in self.events}
        if "died" in happened:
            paid = self.amount("died")
            template = say.then_dies if paid > 0.0 else say.then_dies_unpaid
            text = template.format(broken=broken, share=self.words.percent(paid)) + self.blame()
        elif "taken_over" in happened:
            text = say.fund_carries.format(broken=broken)
        else:
            text = say.others_carry.format(broken=broken)
        return text + self._fines()

    def _fines(self) -> str:
        fined = (e.government for e in self.events if e.event == "fined" and e.amount > 0.0)
        names = self.names(fined)
        say = self.words.sentences
        template = say.fined_one if len(names) == 1 else say.fined_many
        return f" {sentence(template.format(names=self.told(names)))}" if names else ""

    def opening(self) -> str:
        """A work is finished."""
        return self.words.sentences.opened.format(work=self.name)

    def going_alone(self) -> str:
        """Parties build what the joint work would give them, each for itself."""
        say, names = self.words.sentences, self.who("copied")
        template = say.goes_alone if len(names) == 1 else say.go_alone
        text = template.format(names=self.words.names(names), work=self.name)
        aid = sum(e.amount for e in self.events if e.event == "aided")
        if aid <= 0.0:
            return text
        amount = self.words.sum_of(aid, self.view.region.currency)
        return f"{text} {say.fund_helps.format(amount=amount)}"

    def expiry(self) -> str:
        """Its time on the agenda is over."""
        return self.words.sentences.expired.format(work=self.name) + self.blame()
