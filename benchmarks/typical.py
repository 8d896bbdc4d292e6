"""The same story as most people would write it with Mesa: agents, attributes, a random generator.

A yardstick, written apart from the engine and sharing no code with it: what a model of this kind
costs in plain Python that is neither tuned nor slowed. It holds the core of the advisory council's
year: leaders with terms and characters, projects that arrive, drafts voted on under unanimity and
redrafted, instalments paid or not, trust, copies built alone. It keeps no log, asks nobody why a
motion failed, draws from one stream, and its numbers are its own.
"""

import csv
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import mesa

TABLE = Path(__file__).parents[1] / "scenarios/regions/mekong_delta/governments.csv"
TERM, TERM_LIMIT, RENEWAL = 5, 2, 0.5
RATE, LIFE, UPFRONT, AGENDA_LIFE = 0.15, 25, 0.4, 8
SLOTS, DRAFTS, STEP = 3, 5, 0.15
DISCOUNT = 0.95
TRUST, UP, DOWN, RESET = 0.5, 0.1, 0.18, 0.3
REPUTATION, COVER, SIGNING_CREDIT = 0.18, 0.3, 0.7
NOISE, CAUTION = 0.24, 0.7
INFORMATION, ROUND, STANDING, WATCHING = 0.003, 0.003, 0.01, 0.005
COPY_RATIO, CROWDING = 1.15, 0.7


def annuity(start: int, end: int) -> float:
    """Present value of 1 a year from `start` years ahead up to, not with, `end`."""
    return (DISCOUNT**start - DISCOUNT**end) / (1 - DISCOUNT) if end > start else 0.0


@dataclass
class Deal:
    """One party's side of a project."""

    own: float  # benefit a year
    read: float  # as it reads it
    share: float = 0.0  # of the cost
    inside: bool = False


@dataclass(eq=False)
class Project:
    """A joint work and what has become of it."""

    arrived: int
    cost: float
    build: int
    benefit: float  # a year, spillover included
    copyable: bool
    deals: "dict[Government, Deal]"
    status: str = "open"
    tabled: int = 0
    rounds: int = 0
    signed: int = 0
    unpaid: float = 1.0
    copies: "dict[Government, int]" = field(default_factory=dict)  # and the year they were built

    @property
    def part(self) -> float:
        """What an equal share of the cost is."""
        return self.cost / len(self.deals)

    @property
    def instalment(self) -> float:
        """Share of the cost due in a year of building."""
        return (1 - UPFRONT) / self.build

    def inside(self) -> "list[Government]":
        """Parties bound by the deal."""
        return [party for party, deal in self.deals.items() if deal.inside]

    def copy_yield(self, copies: int) -> float:
        """Benefit a year of each of so many copies."""
        return COPY_RATIO * self.part / annuity(1, LIFE + 1) / (1 + CROWDING * (copies - 1))


class Government(mesa.Agent):
    """A local government and whoever leads it."""

    model: "Delta"

    def __init__(self, model: "Delta", row: dict[str, str]) -> None:
        super().__init__(model)
        self.population = float(row["population"])
        self.budget = 0.06 * float(row["grdp"])
        self.place = float(row["lon"]), float(row["lat"])
        self.trust: dict[Government, float] = {}
        self.dues = self.alone = 0.0
        self.years_left = TERM
        self.take_office()

    def take_office(self) -> None:
        """A new leader, with a character of its own."""
        draw = self.model.random
        self.served = 1
        self.parochial: float = draw.betavariate(0.6 * 8, 0.4 * 8)
        self.legacy: float = draw.betavariate(0.35 * 6, 0.65 * 6)
        self.credit: float = draw.gammavariate(3, 0.35 / 3)

    def tick(self) -> None:
        """A year of the term passes; after the last one the leader is renewed or replaced."""
        self.years_left -= 1
        if self.years_left > 0:
            return
        self.years_left = TERM
        if self.model.random.random() < RENEWAL and self.served < TERM_LIMIT:
            self.served += 1
            return
        self.take_office()
        for other in self.trust:
            self.trust[other] += RESET * (TRUST - self.trust[other])
            other.trust[self] += RESET * (TRUST - other.trust[self])

    def open_budget(self) -> None:
        """A new year's money, with what signed works will ask for."""
        self.alone = 0.0
        self.dues = sum(
            project.deals[self].share * project.instalment * project.cost
            for project in self.model.works
            if self in project.deals and project.deals[self].inside
        )

    @property
    def room(self) -> float:
        """What may still be spent this year."""
        return 1.4 * self.budget - self.dues - self.alone

    def worth(self, start: int, end: int) -> float:
        """Weight of the years from `start` ahead: whole in office, by legacy after it."""
        years = self.years_left + (TERM * RENEWAL if self.served < TERM_LIMIT else 0)
        office = min(max(round(years), start), end)
        return annuity(start, office) + self.legacy * annuity(office, end)

    def regard(self, mine: float, everybodys: float, parties: int) -> float:
        """A gain as the leader sees it, between home and the region."""
        return self.parochial * mine + (1 - self.parochial) * everybodys / parties

    def confidence(self, project: Project, unpaid: float) -> float:
        """Chance that all partners pay."""
        chance = 1.0
        for other, deal in project.deals.items():
            if other is not self and deal.inside:
                chance *= 1 - min(deal.share * unpaid, 1) * (1 - self.trust[other])
        return chance

    def standing(self, project: Project) -> float:
        """How far the partners trust this government."""
        partners = [other for other in project.inside() if other is not self]
        return sum(p.trust[self] for p in partners) / len(partners) if partners else 0.0

    def copy_value(self, project: Project) -> float:
        """What building alone would be worth."""
        if not project.copyable or self in project.copies or project.part > self.room:
            return 0.0
        first = min(project.copies.values(), default=self.model.year)
        end = first + 1 + LIFE - self.model.year
        if project.status == "signed":
            end = min(end, project.signed + project.build + 1 - self.model.year)
        n, k = len(project.copies), len(project.deals)
        each = project.copy_yield(n + 1)
        added = (n + 1) * each - (n * project.copy_yield(n) if n else 0)
        felt = self.regard(project.part, project.part, k)
        return self.regard(each, added, k) * self.worth(1, end) + (self.credit - 1) * felt

    def vote(self, project: Project) -> bool:
        """Sign the draft: to keep the promise, or because a signature costs nothing."""
        deal, k, opens = project.deals[self], len(project.deals), project.build + 1
        chance = self.confidence(project, 1)
        everybodys = project.benefit * math.exp(-NOISE * CAUTION)
        gain = chance * self.regard(deal.read, everybodys, k) * self.worth(opens, opens + LIFE)
        bears = deal.share * project.cost
        paid = UPFRONT + project.instalment * self.worth(1, opens)
        agreeing = project.part * (
            INFORMATION + STANDING + WATCHING * project.build + ROUND * project.rounds
        )
        applause = chance * self.credit * bears if project.build < self.years_left else 0.0
        dues = self.regard(bears, project.cost, k) * paid
        honest = gain + applause - dues - agreeing
        fits = max(UPFRONT, project.instalment) * bears <= self.room
        others = (1 - self.parochial) / k * project.cost * paid
        paper = (
            SIGNING_CREDIT * self.credit * project.part
            + COVER * (1 - deal.share) * (gain - others)
            - REPUTATION * self.standing(project) * bears
            - agreeing
        )
        return (honest >= max(self.copy_value(project), 0) and fits) or paper > 0

    def honour(self, project: Project, due: float) -> bool:
        """Pay this year's instalment, or break the promise."""
        deal, k = project.deals[self], len(project.deals)
        left = project.signed + project.build - self.model.year + 1
        chance = self.confidence(project, project.unpaid)
        gain = chance * self.regard(deal.own, project.benefit, k) * self.worth(left, left + LIFE)
        mine = project.unpaid * deal.share * project.cost
        paid = self.worth(0, left) / left
        applause = chance * self.credit * deal.share * project.cost * (left <= self.years_left)
        stay = gain + applause - self.regard(mine, project.unpaid * project.cost, k) * paid
        others = (1 - self.parochial) / k * paid * (project.unpaid * project.cost - mine)
        face = REPUTATION * self.standing(project) * due * min(self.years_left, left)
        leave = COVER * (1 - deal.share) * gain + self.credit * due - face - others
        return stay >= leave


class Delta(mesa.Model):
    """Thirteen provinces and an advisory council, one year a step."""

    def __init__(self, rng: int | None = None, years: int = 40) -> None:
        super().__init__(rng=rng)
        self.years, self.year = years, 0
        self.projects: list[Project] = []
        self.agenda: list[Project] = []
        self.works: list[Project] = []
        self.due = self.kept = 0
        self.joint_spending = self.copy_spending = self.welfare = self.first_best = 0.0
        with TABLE.open(encoding="utf-8") as file:
            self.governments = [Government(self, row) for row in csv.DictReader(file)]
        for one in self.governments:
            one.trust = {other: TRUST for other in self.governments if other is not one}
        self.circles = {one: self.circle(one) for one in self.governments}
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "agreement_rate": lambda m: m.share(lambda p: p.signed > 0),
                "completion_rate": lambda m: m.share(lambda p: p.status == "completed"),
                "kept_promise_rate": lambda m: m.kept / m.due if m.due else math.nan,
                "welfare": "welfare",
                "first_best": "first_best",
                "joint_spending": "joint_spending",
                "copy_spending": "copy_spending",
                "mean_trust": lambda m: m.mean_trust(),
            }
        )

    def circle(self, host: Government) -> list[tuple[Government, float]]:
        """The host and its neighbours, the nearest first, with their distances in km."""
        found = [(one, 110 * math.dist(host.place, one.place)) for one in self.governments]
        return sorted(found, key=lambda pair: pair[1])

    def share(self, test: Callable[[Project], bool]) -> float:
        """Share of the projects that pass a test."""
        return sum(map(test, self.projects)) / len(self.projects) if self.projects else math.nan

    def mean_trust(self) -> float:
        """Mean over all pairs."""
        values = [value for one in self.governments for value in one.trust.values()]
        return sum(values) / len(values)

    def step(self) -> None:
        """One year."""
        self.year += 1
        if self.year > 1:
            self.agents.do("tick")
        if self.year <= self.years:
            for host in self.governments:
                if self.random.random() < RATE:
                    self.arrive(host)
        self.agents.do("open_budget")
        self.talk()
        for project in list(self.works):
            self.deliver(project)
        for project in self.agenda + self.works:
            self.go_alone(project)
        for project in list(self.agenda):
            if self.year - project.arrived + 1 >= AGENDA_LIFE:
                project.status = "expired"
                self.agenda.remove(project)
        self.earn()
        self.datacollector.collect(self)
        self.running = self.year < self.years or bool(self.agenda or self.works)

    def arrive(self, host: Government) -> None:
        """A project of a host and its nearest neighbours."""
        draw = self.random
        circle = self.circles[host][: draw.randint(2, 6)]
        build, k = draw.randint(2, 8), len(circle)
        cost = draw.uniform(0.3, 1.2) * sum(one.budget for one, _ in circle)
        ratio = draw.lognormvariate(math.log(1.7) - 0.6**2 / 2, 0.6)
        paid = cost * (UPFRONT + (1 - UPFRONT) / build * annuity(1, build + 1))
        benefit = ratio * paid / annuity(build + 1, build + 1 + LIFE)
        pull = [
            math.exp(-far / 80 + 0.5 * draw.gauss(0, 1)) * math.sqrt(one.population)
            for one, far in circle
        ]
        deals = {}
        for (one, _), weight in zip(circle, pull, strict=True):
            own = 0.6 * benefit * weight / sum(pull) + 0.15 * benefit / k * draw.gauss(0, 1)
            caution = -CAUTION if own >= 0 else CAUTION
            deals[one] = Deal(own, own * math.exp(NOISE * (draw.gauss(0, 1) + caution)))
        total = 0.4 * benefit + sum(deal.own for deal in deals.values())
        project = Project(self.year, cost, build, total, draw.random() < 0.5, deals)
        self.projects.append(project)
        self.agenda.append(project)
        value = total * annuity(build + 1, build + 1 + LIFE) - paid
        self.first_best += max(value, 0) * DISCOUNT ** (self.year - 1)

    def talk(self) -> None:
        """The council tables the projects that have waited longest."""
        waiting = sorted(self.agenda, key=lambda project: (project.tabled, project.arrived))
        for project in waiting[:SLOTS]:
            project.tabled = self.year
            self.negotiate(project)

    def negotiate(self, project: Project) -> None:
        """Draft, vote and redraft until all agree, nobody does, or the drafts run out."""
        k = len(project.deals)
        project.rounds = 0
        for deal in project.deals.values():
            deal.share, deal.inside = 1 / k, True
        for _ in range(DRAFTS):
            project.rounds += 1
            yes = {party: party.vote(project) for party in project.deals}
            if all(yes.values()):
                self.sign(project)
                return
            if not any(yes.values()):
                break
            freed = 0.0
            for party, agrees in yes.items():
                if not agrees:
                    cut = min(STEP / k, project.deals[party].share)
                    project.deals[party].share -= cut
                    freed += cut
            for party, agrees in yes.items():
                if agrees:
                    project.deals[party].share += freed / sum(yes.values())
        for deal in project.deals.values():
            deal.inside = False

    def sign(self, project: Project) -> None:
        """All parties are bound."""
        project.status, project.signed = "signed", self.year
        self.agenda.remove(project)
        self.works.append(project)
        heaviest = max(UPFRONT, project.instalment) * project.cost
        for party, deal in project.deals.items():
            party.dues += heaviest * deal.share

    def deliver(self, project: Project) -> None:
        """Each party pays or leaves; the work dies when nobody is left to pay."""
        instalment = UPFRONT if project.signed == self.year else project.instalment
        payers = []
        for party in project.inside():
            due = instalment * project.deals[party].share * project.cost
            if due <= 0:
                continue
            self.due += 1
            if party.honour(project, due):
                payers.append(party)
            elif not self.leave(project, party, instalment):
                project.status = "dead"
                self.works.remove(project)
                return
        for party in payers:
            self.kept += 1
            for other in project.deals:
                if other is not party:
                    other.trust[party] += UP * (1 - other.trust[party])
        self.joint_spending += instalment * project.cost
        self.welfare -= instalment * project.cost * DISCOUNT ** (self.year - 1)
        project.unpaid -= instalment
        if self.year == project.signed + project.build:
            project.status = "completed"
            self.works.remove(project)

    def leave(self, project: Project, party: Government, instalment: float) -> bool:
        """A party breaks its promise, and its share falls on the others; False if none is left."""
        deal = project.deals[party]
        party.dues -= instalment * deal.share * project.cost
        left, deal.share, deal.inside = deal.share, 0.0, False
        for other in project.deals:
            if other is not party:
                other.trust[party] *= 1 - DOWN
        bearing = sum(project.deals[other].share for other in project.inside())
        if bearing <= 0:
            return False
        for other in project.inside():
            more = project.deals[other].share * left / bearing
            project.deals[other].share += more
            other.dues += more * instalment * project.cost
        return True

    def go_alone(self, project: Project) -> None:
        """Parties outside the deal may build for themselves."""
        for party, deal in project.deals.items():
            bound = project.status == "signed" and deal.inside
            if not bound and party.copy_value(project) > 0:
                project.copies[party] = self.year
                party.alone += project.part
                self.copy_spending += project.part
                self.welfare -= project.part * DISCOUNT ** (self.year - 1)

    def earn(self) -> None:
        """What stands yields: the joint work, or else the copies."""
        for project in self.projects:
            opened = project.signed + project.build + 1
            if project.status == "completed" and self.year >= opened:
                gain = project.benefit if self.year < opened + LIFE else 0.0
            else:
                standing = [built for built in project.copies.values() if built < self.year]
                first = min(standing, default=0)
                alive = bool(standing) and self.year <= first + LIFE
                gain = len(standing) * project.copy_yield(len(standing)) if alive else 0.0
            self.welfare += gain * DISCOUNT ** (self.year - 1)
