"""Outcomes and losses computed a second time, in NumPy, from a finished world and its log.

Nothing of the engine's arithmetic is used, only what the world holds (contents and dates) and what
the log says: docs/model.md, sections 3.4.3 (trust) and 3.4.5 (books), 3.4.11 to 3.4.13.
"""

from functools import cache

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.engine import layout
from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.engine.losses import LINES
from kernegotiate.scenario import load_scenario

# (institution, what differs, seed): every lever and every way to end is met in one of them.
WORLDS = {
    "none": ("none", {"own_talks": 0.3, "foresight": 0.0}, 3),
    "council": ("advisory_council", {"social_discount": 0.97, "foresight": 0.0}, 5),
    "funding": ("conditional_funding", {"copy_ratio": 1.5}, 7),
    "board": ("empowered_board", {"plan_supremacy": 0.2, "evasion": 1.0, "reputation": 0.0}, 4),
    "statute": (
        "statute_planning",
        {"plan_supremacy": 0.0, "decider": 0.5, "calendar": "random", "backstop": True},
        9,
    ),
    "association": ("lga", {"levy_rate": 0.003, "reputation": 0.5, "foresight": 0.5}, 19),
    "approvals": (
        "conditional_funding",
        {"veto_points": 2, "approval_years": 2, "social_discount": 0.97},
        11,
    ),
    "no_money": ("consensus_or_no_money", {"quota": 0.6, "institutional_memory": 0.5}, 2),
}
FINISHED = {layout.COMPLETED: "completed", layout.DEAD: "dead", layout.EXPIRED: "expired"}


@cache
def world_of(name):
    institution, values, seed = WORLDS[name]
    scenario = load_scenario("mekong_delta").with_overrides(years=10)
    model = kn.RegionModel(scenario, institution, rng=seed, **values)
    while model.running:
        model.step()
    return model


@pytest.fixture(params=WORLDS)
def model(request):
    return world_of(request.param)


class Books:
    """Cash flows by year of one project, from its content, its dates and the log."""

    def __init__(self, model, p):
        row, seats = p._row, p._seats
        behaviour = model.setting.scenario.behaviour
        self.s = behaviour.social_discount ** np.arange(400)
        self.cost, self.build, self.life = p.cost, p.build, int(row.life)
        self.upfront = model.setting.scenario.projects.upfront
        self.year, self.k, self.benefit = p.year, int(row.k), p.benefit
        self.status = FINISHED[int(row.status)]
        levers = model.coordinator.levers
        self.wait = levers.veto_points * levers.approval_years
        self.starts = p.signed and p.signed + self.wait
        self.built = sorted(int(y) for y in seats.built if y > 0)
        self.crowding = behaviour.copy_crowding
        alone = behaviour.copy_ratio * self.cost / self.k
        self.first_yield = alone / self.s[1 : self.life + 1].sum()
        self.duplicable = bool(row.duplicable)

    def each(self, n):
        return self.first_yield / (1 + self.crowding * (n - 1)) if n else 0.0

    def schedule(self):
        return [self.upfront] + [(1 - self.upfront) / self.build] * self.build

    def joint(self, start, flows):
        """Add the joint work, begun in year `start` and delivered."""
        for ahead, part in enumerate(self.schedule()):
            flows[start + ahead] -= part * self.cost
        opens = start + self.build + 1
        flows[opens : opens + self.life] += self.benefit

    def copies(self, built, opens, flows):
        """Add copies built in the years `built`, which yield until `opens` (None: to their end)."""
        if not built:
            return
        end = min(built) + 1 + self.life
        end = end if opens is None else min(end, opens)
        for year in built:
            flows[year] -= self.cost / self.k
        for year in range(min(built) + 1, end):
            n = sum(b < year for b in built)
            flows[year] += n * self.each(n)

    def present(self, fill):
        flows = np.zeros(400)
        fill(flows)
        return float(flows[1:] @ self.s[:-1])

    def best(self, agenda_life):
        """The planner's best, by trying everything, in year-1 money."""
        tried = [0.0]
        beginnings = [None, *range(self.year, self.year + agenda_life + self.wait)]
        for n in range(self.k + 1 if self.duplicable else 1):
            for start in beginnings:

                def fill(flows, n=n, start=start):
                    # Taken at arrival: copies open in the next year, a work at once is paid now.
                    opens = None if start is None else start + self.build + 1
                    self.copies([self.year] * n, opens, flows)
                    if start is not None:
                        self.joint(start, flows)

                tried.append(self.present(fill))
        return max(tried)

    def chosen(self, flows):
        """V1: what was chosen, at arrival and on time."""
        opens = self.year + self.build + 1 if self.starts else None
        self.copies([self.year] * len(self.built), opens, flows)
        if self.starts:
            self.joint(self.year, flows)

    def dated(self, flows):
        """V2: at the real dates, still delivered."""
        opens = self.starts + self.build + 1 if self.starts else None
        self.copies(self.built, opens, flows)
        if self.starts:
            self.joint(self.starts, flows)

    def real(self, flows, paid):
        """V3: what was paid and enjoyed."""
        done = self.status == "completed"
        self.copies(self.built, self.starts + self.build + 1 if done else None, flows)
        if done:
            self.joint(self.starts, flows)
        elif self.starts:
            for ahead, part in enumerate(self.schedule()):
                if paid > 1e-9:
                    flows[self.starts + ahead] -= part * self.cost
                    paid -= part


def coordination(model, p):
    """Real costs of agreeing on p in year-1 money, from the log."""
    b, levers = model.setting.scenario.behaviour, model.coordinator.levers
    s = b.social_discount
    mine = [e for e in model.log if e.project == p.code]
    tabled = [e.year for e in mine if e.event == "tabled"]
    total = 0.0
    if tabled:
        total += b.cost_information * (1 - levers.data_sharing) * s ** (tabled[0] - 1)
    # A motion of one project: each draft has one vote of each party.
    votes = [e.year for e in mine if e.event == "voted"]
    for year in votes:
        total += b.cost_round * (1 - levers.mediation) * s ** (year - 1) / len(p.parties)
    if p.signed:
        total += (b.cost_setup + b.cost_monitoring * p.build) * s ** (p.signed - 1)
    return total * p.cost


def test_first_best(model):
    life = model.setting.scenario.projects.agenda_life
    found = [Books(model, p).best(life) for p in model.projects]
    assert [float(p._row.first_best) for p in model.projects] == pytest.approx(found, rel=1e-9)
    assert model.outcomes()["first_best"] == pytest.approx(sum(found), rel=1e-9)


def test_worth(model):
    """Welfare, its cost of coordinating, and the share of the first best that it is."""
    spent = [coordination(model, p) for p in model.projects]
    value = 0.0
    for p in model.projects:
        books = Books(model, p)
        value += books.present(lambda flows, b=books, p=p: b.real(flows, p.paid))
    out = model.outcomes()
    assert out["coordination_cost"] == pytest.approx(sum(spent), rel=1e-9)
    assert out["welfare"] == pytest.approx(value - sum(spent), rel=1e-9)
    assert out["efficiency"] == pytest.approx((value - sum(spent)) / out["first_best"], rel=1e-9)


def test_the_loss_ledger(model):
    """Its lines, project by project, from five values computed apart."""
    life = model.setting.scenario.projects.agenda_life
    lines = dict.fromkeys(LINES, 0.0)
    for p in model.projects:
        books = Books(model, p)
        best = books.best(life)
        v1, v2 = books.present(books.chosen), books.present(books.dated)
        v3 = books.present(lambda flows, b=books, p=p: b.real(flows, p.paid))
        joint, n = bool(p._row.best_joint), int(p._row.best_copies)
        built, signed = len(books.built), p.signed is not None
        if joint and not signed:
            wrong = "blocked" if built == 0 else "crowded_out"
        elif joint == signed and built < n:
            wrong = "unbuilt"
        else:
            wrong = "crowded_out" if joint else "overreach"
        lines[wrong] += best - v1
        lines["delayed"] += v1 - v2
        lines["abandoned"] += v2 - v3
        lines["transaction"] += coordination(model, p)
    told = dict(zip(LINES, model.losses()["line"], strict=True))
    scale = model.outcomes()["first_best"]
    assert told == pytest.approx(lines, rel=1e-9, abs=1e-9 * scale)


def test_losses_by_cause(model):
    """A cause has its part of what its projects lost: first best less what was made of them."""
    life = model.setting.scenario.projects.agenda_life
    projects, money = dict.fromkeys(CAUSES, 0.0), dict.fromkeys(CAUSES, 0.0)
    for p in model.projects:
        if not p.causes:
            continue
        books = Books(model, p)
        made = books.present(lambda flows, b=books, p=p: b.real(flows, p.paid))
        lost = books.best(life) - made + coordination(model, p)
        assert sum(p.causes.values()) == pytest.approx(1)
        for cause, part in p.causes.items():
            projects[cause] += part
            money[cause] += part * lost
    told, scale = model.losses(), model.outcomes()["first_best"]
    assert dict(zip(CAUSES, told["cause"], strict=True)) == pytest.approx(projects)
    assert dict(zip(CAUSES, told["cause_loss"], strict=True)) == pytest.approx(
        money, rel=1e-9, abs=1e-9 * scale
    )
    assert told["not_built"] == pytest.approx(sum(projects.values()))


def test_success(model):
    """Counts and rates from the states of all projects and from the log."""
    n, out = len(model.projects), model.outcomes()
    states = [FINISHED[int(p._row.status)] for p in model.projects]
    signed = [p for p in model.projects if p.signed is not None]
    events = [event.event for event in model.log]
    assert out["agreement_rate"] == pytest.approx(len(signed) / n)
    assert out["completion_rate"] == pytest.approx(states.count("completed") / n)
    gap = 1 - states.count("completed") / len(signed)
    assert out["signed_gap"] == pytest.approx(gap)
    assert (out["died"], out["expired"]) == (states.count("dead"), states.count("expired"))
    kept, broken = events.count("paid"), events.count("reneged")
    assert out["promises_kept"] == kept
    # In a year in which a work dies, those who would have paid had a promise due as well.
    assert out["promises_due"] >= kept + broken
    life = model.setting.scenario.projects.agenda_life
    waits = [life if p.signed is None else p.signed - p.year for p in model.projects]
    assert out["time_to_agreement"] == pytest.approx(np.mean(waits))


def meant(terms):
    """Whether who voted on these terms would sign, and pay as well."""
    worth = terms.signing if terms.foresees else terms.honest
    keeps = terms.keeps or not terms.foresees
    return keeps and terms.dues_fit and worth + terms.withheld >= terms.fall_back


def test_how_far_projects_came(model):
    """What was tabled, meant, begun and finished, from the log and the kinds of the scenario."""
    scenario = model.setting.scenario
    land = {kind.name for kind in scenario.projects.kinds if kind.touches_land}
    reached = {name: set() for name in ("arrived", "tabled", "signed", "earnest", "completed")}
    waits, votes = {}, {}
    for e in model.log:
        if e.event in ("arrived", "tabled"):
            reached[e.event].add(e.project)
        elif e.event == "voted":  # the latest vote of each party; a motion is one project
            votes[e.project, e.government] = e.terms
        elif e.event in ("agreed", "approved"):
            reached["signed"].add(e.project)
            waits[e.project] = [e.year]
            ballot = [terms for (code, _), terms in votes.items() if code == e.project]
            if e.event == "agreed" and all(meant(t) for t in ballot):
                reached["earnest"].add(e.project)
        elif e.event == "opened":
            reached["completed"].add(e.project)
        elif e.event == "paid":
            waits[e.project].append(e.year)
    by_code = {p.code: p for p in model.projects}
    begun = [code for code in reached["signed"] if by_code[code].paid > 0]
    waited = sum(waits[code][1] - waits[code][0] for code in begun)
    out = model.outcomes()
    for name, codes in reached.items():
        assert out[name] == len(codes), name
        on_land = [code for code in codes if by_code[code].kind in land]
        assert out[f"land_{name}"] == len(on_land), name
    assert 0 < out["land_arrived"] < out["arrived"]
    assert out["earnest_completed"] == len(reached["earnest"] & reached["completed"])
    assert (out["started"], out["start_wait"]) == (len(begun), waited)
    done, signed = len(reached["completed"]), len(reached["signed"])
    assert out["earnest_rate"] == pytest.approx(len(reached["earnest"]) / len(by_code))
    assert out["delivery_rate"] == pytest.approx(done / signed)
    assert out["stalled_rate"] == pytest.approx((len(begun) - done) / len(begun))
    assert out["start_delay"] == pytest.approx(waited / len(begun))


def test_who_paid_for_works(model):
    """Dues from the log, grants by what was built, the fund by what it took in and has left."""
    scenario, levers = model.setting.scenario, model.coordinator.levers
    amount = {"paid": 0.0, "fined": 0.0}
    for e in model.log:
        if e.event in amount:
            amount[e.event] += e.amount
    grants = sum(float(p._row.match) * p.paid * p.cost for p in model.projects if p.signed)
    fund = 0.0
    if levers.levy_rate > 0:
        budgets = sum(g.budget for g in scenario.region.governments)
        taken_in = model.year * levers.levy_rate * budgets + amount["fined"]
        fund = taken_in - model.coordinator.fund - model.coordinator.reserved
    out = model.outcomes()
    found = [out[f"{name}_spending"] for name in ("dues", "fund", "grant")]
    scale = out["joint_spending"]
    assert found == pytest.approx([amount["paid"], fund, grants], rel=1e-9, abs=1e-9 * scale)
    assert sum(found) == pytest.approx(scale)
    expected = amount["paid"] / (fund + grants) if fund + grants > 0 else np.nan
    assert out["leverage"] == pytest.approx(expected, rel=1e-9, nan_ok=True)


def test_spending(model):
    """Duplication waste and visible spending of one's own, from payments and copies."""
    joint = extra = first = 0.0
    for p in model.projects:
        joint += p.paid * p.cost if p.signed else 0.0
        built = len(p.builders)
        first += min(built, 1) * p.cost / len(p.parties)
        extra += max(built - 1, 0) * p.cost / len(p.parties)
    out = model.outcomes()
    assert out["joint_spending"] == pytest.approx(joint)
    assert out["duplication_waste"] == pytest.approx(extra / (joint + first + extra))
    assert out["own_visible_share"] == pytest.approx((first + extra) / (joint + first + extra))


def test_trust(model):
    """Every pair's trust, by telling the log again."""
    scenario, levers = model.setting.scenario, model.coordinator.levers
    b = scenario.behaviour
    codes = [g.code for g in model.governments]
    place = {code: i for i, code in enumerate(codes)}
    parties = {p.code: [place[g.code] for g in p.parties] for p in model.projects}
    trust = np.full((len(codes), len(codes)), b.trust)
    near = np.zeros_like(trust, bool)
    for circle in model.world.nearest:
        near[np.ix_(circle, circle)] = True
    np.fill_diagonal(near, False)
    reset = b.trust_reset * (1 - levers.institutional_memory)
    down = b.trust_down * (0.3 + 0.7 * levers.contract_completeness)
    ends = scenario.years
    mean = np.nan
    for year in range(1, model.year + 1):
        for event in (e for e in model.log if e.year == year and e.government):
            i = place[event.government]
            others = [j for j in parties.get(event.project, ()) if j != i]
            if event.event == "took_office" and year > 1:
                trust[i, near[i]] += reset * (b.trust - trust[i, near[i]])
                trust[near[i], i] += reset * (b.trust - trust[near[i], i])
            elif event.event == "paid":
                trust[others, i] += b.trust_up * (1 - trust[others, i])
            elif event.event == "reneged":
                trust[others, i] *= 1 - down
        if year == ends:
            mean = trust[near].mean()
    assert model.world.trust[near] == pytest.approx(trust[near], abs=1e-12)
    assert model.outcomes()["mean_trust"] == pytest.approx(mean)


def test_inequality(model):
    """Gini over people of GRDP per head with that year's gains, from what stood in year `years`."""
    scenario, levers = model.setting.scenario, model.coordinator.levers
    governments, years = scenario.region.governments, scenario.years
    place = {g.code: i for i, g in enumerate(governments)}
    people = np.array([g.population for g in governments])
    budget = np.array([g.budget for g in governments])
    income = np.array([g.grdp for g in governments])
    income = income - levers.levy_rate * budget
    income = income + levers.equalisation * (people * budget.sum() / people.sum() - budget)
    lost = np.zeros(len(people), bool)
    for event in model.log:
        if event.event == "failed" and event.year == years - 1:
            (p,) = [p for p in model.projects if p.code == event.project]
            lost[[place[g.code] for g in p.parties]] = True
    income = income + np.where(lost, 0.0, levers.withheld_share * budget)
    for p in model.projects:
        books, who = Books(model, p), [place[g.code] for g in p.parties]
        opens = books.starts + p.build + 1 if books.status == "completed" else None
        if opens is not None and opens <= years < opens + books.life:
            income[who] += list(p.own_benefits.values())
        standing = [i for i, y in zip(who, p._seats.built, strict=True) if 0 < y < years]
        ends = min(books.built, default=0) + 1 + books.life
        if standing and years < ends and not (opens is not None and opens <= years):
            income[standing] += books.each(len(standing))
    head = income / people
    gaps = np.abs(head[:, None] - head) * people[:, None] * people
    gini = gaps.sum() / (2 * people.sum() * (people * head).sum())
    assert model.outcomes()["inequality"] == pytest.approx(gini, rel=1e-9)


def test_the_books(model):
    """Each account by use, from what the log says was paid."""
    scenario, levers = model.setting.scenario, model.coordinator.levers
    budget = np.array([g.budget for g in scenario.region.governments])
    place = {g.code: i for i, g in enumerate(model.governments)}
    n = len(budget)
    dues, fines, copies = np.zeros(n), np.zeros(n), np.zeros(n)
    for event in model.log:
        if event.event == "fined":
            fines[place[event.government]] -= event.amount
        elif event.event == "copied":
            copies[place[event.government]] -= event.amount
    ledger = model.world.ledger
    assert ledger[:n, layout.FINE] == pytest.approx(fines)
    assert ledger[:n, layout.COPIES] == pytest.approx(copies)
    assert ledger[:n, layout.LEVY] == pytest.approx(-model.year * levers.levy_rate * budget)
    for event in model.log:
        if event.event == "paid":
            dues[place[event.government]] -= event.amount
    # What the log calls paid is all that is paid, but for those who are paid to be in.
    assert ledger[:n, layout.DUES] == pytest.approx(dues, rel=1e-9)
    works = ledger[n + layout.WORKS]
    assert works.sum() == pytest.approx(
        sum(p.paid * p.cost for p in model.projects if p.signed) - copies.sum()
    )
    to_fund = levers.levy_rate > 0
    assert ledger[n + layout.FUND, layout.FINE] == pytest.approx(-fines.sum() * to_fund)
    assert ledger.sum(axis=0) == pytest.approx(np.zeros(len(layout.USES)), abs=1e-6)


def test_money_from_outside(model):
    """Grants by schedule, and transfers to all who have not lost them, up to year `years`."""
    scenario, levers = model.setting.scenario, model.coordinator.levers
    s = scenario.behaviour.social_discount
    place = {g.code: i for i, g in enumerate(model.governments)}
    lost = {}
    for event in model.log:
        if event.event == "failed":
            (p,) = [p for p in model.projects if p.code == event.project]
            lost.setdefault(event.year + 1, set()).update(place[g.code] for g in p.parties)
    money = 0.0
    for year in range(1, scenario.years + 1):
        for i, g in enumerate(scenario.region.governments):
            if i not in lost.get(year, ()):
                money += levers.withheld_share * g.budget * s ** (year - 1)
    for p in model.projects:
        if p.signed:
            paid, books = p.paid, Books(model, p)
            for ahead, part in enumerate(books.schedule()):
                if paid > 1e-9:
                    money += float(p._row.match) * part * p.cost * s ** (books.starts + ahead - 1)
                    paid -= part
    assert model.outcomes()["outside_money"] == pytest.approx(money, rel=1e-9)


def test_these_worlds_hold_what_they_are_to_test():
    """Each event and each way to end turns up somewhere."""
    seen = {event.event for name in WORLDS for event in world_of(name).log}
    assert seen >= {
        "agreed", "failed", "approved", "refused", "paid", "reneged", "fined", "taken_over",
        "opened", "died", "copied", "expired", "took_office",
    }  # fmt: skip
    lines = sum(world_of(name).losses()["line"] != 0 for name in WORLDS)
    # What is off by default is reckoned by hand (test_rules_of_the_board.py, ..._hard_times.py).
    off = {"grudging", "overrun", "upkeep", "interest"}
    assert {name for name, many in zip(LINES, lines, strict=True) if not many} == off
    assert any(world_of(name).outcomes()["duplication_waste"] > 0 for name in WORLDS)
    outcomes = [world_of(name).outcomes() for name in WORLDS]
    assert any(0 < one["earnest"] < one["signed"] for one in outcomes)
    assert any(one["land_earnest"] > 0 for one in outcomes)
    assert any(one["stalled_rate"] > 0 for one in outcomes)
    for who in ("dues", "fund", "grant"):
        assert any(one[f"{who}_spending"] > 0 for one in outcomes)
