"""The region as a Mesa model: the same year as the ensemble, with agents answering.

Equal to the ensemble to the last bit for the same seed (run 0), unless somebody takes a decision
over. All draws are addressed; Mesa's own random generator is never used in a rule.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Self

import mesa
import numpy as np
import pandas as pd
from mesa.experimental.scenarios import Scenario as MesaScenario

from kernegotiate.agents.collecting import collector
from kernegotiate.agents.coordinator import Coordinator
from kernegotiate.agents.local_government import LocalGovernment
from kernegotiate.agents.log import Event, EventLog
from kernegotiate.agents.memory import readable
from kernegotiate.agents.mesa_scenario import recalled, remembering
from kernegotiate.agents.projects import Project
from kernegotiate.agents.questions import Matter, Membership, Motion, Opportunity, Promise
from kernegotiate.engine import events
from kernegotiate.engine.decisions.go_alone import weigh_going_alone
from kernegotiate.engine.decisions.honour import weigh_promise
from kernegotiate.engine.decisions.stay import weigh_stay
from kernegotiate.engine.decisions.vote import weigh_vote
from kernegotiate.engine.layout import World
from kernegotiate.engine.losses import LOSS, write_losses
from kernegotiate.engine.mechanisms import levers, mechanisms
from kernegotiate.engine.outcomes import (
    COLUMNS,
    OUTCOME,
    OUTCOMES,
    TRAJECTORY,
    is_over,
    write_outcomes,
    write_trajectory,
)
from kernegotiate.engine.prepared import law_of, prepare
from kernegotiate.engine.rules import Rules
from kernegotiate.engine.start import begin
from kernegotiate.engine.year import build
from kernegotiate.scenario import Institution, Levers, Scenario, ScenarioError, remarks, resolve
from kernegotiate.scenario.arguments import as_names, check_flags, known, shown
from kernegotiate.scenario.changes import Regime, regimes
from kernegotiate.scenario.errors import did_you_mean
from kernegotiate.scenario.text import composed

Decision = Callable[[LocalGovernment, Any], bool]


class RegionModel(mesa.Model):
    """One region, one institution, one year a step.

    Args:
        scenario: name of a built-in scenario, path of a TOML file, or a Scenario.
        coordinator: name of a built-in institution, path of a TOML file, an Institution or Levers;
            by default the scenario's own, or the advisory council if it names none.
        rng: seed, an integer from 0 to 2^63 - 1. `rng=s` is seed s, run 0. Without one the model
            picks a seed and keeps it in `seed`.
        government_class: class of the local governments, or a mapping from code or name to class.
        agent_data: also collect data of every government every year. Off by default, since agent
            data change what `mesa.batch_run` returns to one row a government.
        without: levers to leave out of the engine altogether, for testing that a null is null.
        **overrides: levers, behaviour and scenario parameters by keyword.

    Raises:
        ScenarioError: a name, file, keyword or value that is not allowed.
    """

    def __init__(
        self,
        scenario: str | Scenario | MesaScenario = "mekong_delta",
        coordinator: str | Institution | Levers | None = None,
        rng: int | str | None = None,
        *,
        government_class: type[LocalGovernment]
        | dict[str, type[LocalGovernment]] = LocalGovernment,
        agent_data: bool = False,
        without: frozenset[str] | set[str] = frozenset(),
        **overrides: Any,
    ) -> None:
        if isinstance(scenario, MesaScenario):
            given = recalled(scenario)
            scenario = given.pop("scenario", "mekong_delta")
            coordinator = given.pop("coordinator", coordinator)
            remembered = given.pop("rng", None)
            rng = remembered if rng is None else rng
            overrides = given | overrides
        seed = int(np.random.SeedSequence().generate_state(1)[0]) if rng is None else as_seed(rng)
        made_from = {"scenario": scenario} | overrides
        if coordinator is not None:
            made_from["coordinator"] = coordinator
        super().__init__(scenario=remembering(seed, made_from))
        self.seed = seed
        resolved, institution = resolve(scenario, coordinator, **overrides)
        check_flags(agent_data=agent_data)
        left_out = as_names("without", without)
        for lever in left_out:
            if not known(lever, levers()):
                raise ScenarioError(f"without: found {shown(lever)}, allowed are names of levers")
        self.remarks = tuple(remarks(resolved, institution, overrides))
        self.without = frozenset(left_out)
        prepared = prepare(resolved, institution.levers, self.without)
        self.setting, self.law = prepared.setting, prepared.laws[0]
        self.regimes = regimes(Regime(1, institution), resolved.changes)
        self.world = _as_records(prepared.world())
        self._year = self._built()
        self._memory: World | None = None  # as the year reads it, while it lasts
        self._terms: dict[tuple[int, int], Any] = {}
        self._trajectory: list[np.void] = []
        self.projects: list[Project] = []
        self.log = EventLog()
        begin(self.world, self.setting.nature, self.seed, 0)

        self.latest = self.outcomes()
        self.coordinator = Coordinator(self, institution)
        self.governments: list[LocalGovernment] = [
            _class_for(government_class, source.code, source.name)(self, i)
            for i, source in enumerate(resolved.region.governments)
        ]
        self.datacollector = collector(self.governments, agent_data)

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self.law.rules

    @property
    def year(self) -> int:
        """The last year that has passed, 0 at the start."""
        return int((self._memory or self.world).tally[0].year)

    @property
    def is_over(self) -> bool:
        """Whether every project is finished, dead or expired and no more will come."""
        return bool(is_over(self.world.tally, self.setting.nature))

    def step(self) -> None:
        """One year; nothing happens after the end."""
        if self.is_over:
            self.running = False
            return
        start, known = len(self.log), len(self.projects)
        self._change_regime(self.year + 1)
        self._memory = readable(self.world)
        try:
            self._year(self._memory, self.setting.nature, *self.law[1:], self.seed, 0, True)
        finally:
            self._memory = None
        self._note_the_given(start, known)
        line = np.zeros(1, TRAJECTORY)
        write_trajectory(self.world, line[0])
        self._trajectory.append(line[0])
        self._terms.clear()
        self.running = not self.is_over
        self.latest = self.outcomes()
        self.datacollector.collect(self)

    def _change_regime(self, year: int) -> None:
        """Put in force what begins in a year, if anything does."""
        in_force = [regime for regime in self.regimes if regime.since <= year][-1].institution
        mergers = self.setting.scenario.mergers
        if in_force is not self.coordinator.institution or year in {one.year for one in mergers}:
            self.coordinator.institution = in_force
            self.law = law_of(self.setting, in_force.levers, year, self.without)

    def outcomes(self) -> dict[str, float]:
        """Outcomes so far by name; NaN where the whole cohort must be known and is not yet."""
        line = np.zeros(1, OUTCOME)
        write_outcomes(self.world, line[0])
        values = dict(zip(COLUMNS, line[0].tolist(), strict=True))
        return values if self.is_over else values | dict.fromkeys(OUTCOMES, float("nan"))

    def losses(self) -> Any:
        """Loss ledger and causes of a finished run, a record of `engine/losses.py`.

        Raises:
            ScenarioError: the run is not over.
        """
        if not self.is_over:
            raise ScenarioError(f"Losses are known at the end of a run; this is year {self.year}.")
        line = np.zeros(1, LOSS)
        write_losses(self.world, self.rules, line[0])
        return line[0]

    def trajectory(self) -> pd.DataFrame:
        """One row a year, cumulative since year 1."""
        table = pd.DataFrame(np.array(self._trajectory, TRAJECTORY))
        return table.astype({"year": int})

    def government(self, code_or_name: str) -> LocalGovernment:
        """The government of that code or name.

        Raises:
            ScenarioError: there is none.
        """
        asked = composed(str(code_or_name))
        for government in self.governments:
            if asked in (government.code, government.name, government.name_vi):
                return government
        known = ", ".join(f"{g.code} {g.name}" for g in self.governments)
        raise ScenarioError(f"No government is called {shown(code_or_name)}; there are: {known}.")

    def take_over(self, code_or_name: str, **decisions: Decision | None) -> None:
        """Let somebody else decide for one government.

        Args:
            code_or_name: of the government.
            **decisions: any of `vote`, `honour`, `go_alone`, `stay`: a function of the government
                and the matter (Motion, Promise, Opportunity or Membership) that returns True or
                False. None instead of a function hands the decision back to the leader.

        Raises:
            ScenarioError: no such government or decision, neither a function nor None, or the
                government has merged and decides nothing any more.
        """
        government = self.government(code_or_name)
        into = government.part_of
        if into is not government and any(decisions.values()):
            raise ScenarioError(
                f"{government.code} {government.name} decides nothing any more: it is part of "
                f"{into.code} {into.name}."
            )
        for name, decision in decisions.items():
            government.hand_over(name, decision)

    def branch(self, coordinator: str | Institution | Levers | None = None, **levers: Any) -> Self:
        """A copy that goes its own way from here, under another law if one is given.

        What has happened stays as it is: promises and the terms on which they were signed, trust,
        money in the fund, projects that the coordinator has refused or a plan has claimed. From the
        next year on the new levers hold, also for what is on the agenda, as if the scenario had
        that change; changes that it has in later years still come. Leaders and projects to come
        are the same, and decisions that were taken over stay so. A branch without changes goes on
        as this model does, to the last bit; one made before the first year is a model of the new
        law.

        Args:
            coordinator: as of a model; the one of the next year if left out.
            **levers: by keyword.

        Returns:
            The copy; neither touches the other.

        Raises:
            ScenarioError: a name, file, keyword or value that is not allowed, or a keyword that
                is no lever and so cannot change in the middle of a run.
        """
        for name in levers:
            if name not in Levers.model_fields:
                hint = did_you_mean(name, Levers.model_fields)
                raise ScenarioError(f"branch: found {name}, allowed are levers; {hint}")
        present = self.coordinator.institution
        for change in self.setting.scenario.changes:
            if change.year == self.year + 1:
                present = change.under(present)
        law = present if coordinator is None else coordinator
        _, institution = resolve(self.setting.scenario, law, **levers)
        other = copy.deepcopy(self)
        if coordinator is None and not levers:
            return other
        now = self.year + 1
        past = tuple(regime for regime in self.regimes if regime.since < now)
        later = [change for change in self.setting.scenario.changes if change.year > now]
        other.regimes = past + regimes(Regime(now, institution, tuple(levers.items())), later)
        other.coordinator.institution = institution
        other.law = law_of(other.setting, institution.levers, now, self.without)
        found = [
            law_of(other.setting, one.institution.levers, one.since, self.without).rules
            for one in other.regimes
        ]
        linkage = max(rules.linkage for rules in found)
        if linkage > len(other.world.motion):
            other.world = other.world._replace(motion=np.zeros(linkage, np.uint32))
        weights = other.setting.weights(max(rules.waiting for rules in found))
        if weights["horizon"].shape > other.world.horizon.shape:  # works signed before keep theirs
            other.world = other.world._replace(**weights)
        return other

    # A copy has a year of its own, that asks its own agents.

    def __getstate__(self) -> dict[str, Any]:
        if self._memory is not None:
            raise ScenarioError(
                "A model cannot be copied in the middle of a year; allowed is between two steps."
            )
        return {name: value for name, value in self.__dict__.items() if name != "_year"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._year = self._built()

    def __copy__(self) -> Self:
        return copy.deepcopy(self)  # half a copy would write to the memory of the other

    def _built(self) -> Any:
        ask = self._ask_vote, self._ask_honour, self._ask_go_alone, self._ask_stay
        return build(_plain, *ask, self._note, mechanisms(self.without))

    # What the plain year asks and reports

    def _ask_vote(self, gov, project, party, trust, rules, motion, size, i):
        terms = weigh_vote(gov, project, party, trust, rules, motion, size, i)
        self._know_projects()
        about = tuple(self.projects[int(p)] for p in motion[:size])
        g = int(party[motion[0], i].gov)
        answer = self._ask("vote", g, Motion(self.year, about, terms), int(motion[0]))
        party[motion[0], i].swayed = answer != terms.yes or self.governments[g].is_taken("vote")
        return answer, terms.earnest

    def _ask_honour(self, gov, project, party, trust, horizon, rules, p, i, year, due, backed):
        terms = weigh_promise(gov, project, party, trust, horizon, rules, p, i, year, due, backed)
        matter = Promise(int(year), self.projects[int(p)], float(due), terms)
        return self._ask("honour", int(party[p, i].gov), matter, int(p))

    def _ask_go_alone(self, gov, project, party, horizon, rules, p, i, year):
        terms = weigh_going_alone(gov, project, party, horizon, rules, p, i, year)
        self._know_projects()
        matter = Opportunity(int(year), self.projects[int(p)], terms)
        return self._ask("go_alone", int(party[p, i].gov), matter, int(p))

    def _ask_stay(
        self, gov, project, party, trust, horizon, odds, rules, bare, offer, arrived, i, years
    ):
        terms = weigh_stay(
            gov, project, party, trust, horizon, odds, rules, bare, offer, arrived, i, years
        )
        matter = Membership(self.year, bool(gov[i].member), terms)
        return self._ask("stay", int(i), matter, events.NOBODY)

    def _ask(self, decision: str, g: int, matter: Matter, p: int) -> bool:
        self._terms[p, g] = matter.terms
        return self.governments[g].decide(decision, matter)

    def _note(self, event: int, year: int, p: int, g: int, amount: float) -> None:
        self._know_projects()
        somebody = g != events.NOBODY
        self.log.append(
            Event(
                int(year),
                events.NAMES[event],
                self.projects[int(p)].code if p != events.NOBODY else None,
                self.governments[int(g)].code if somebody else None,
                float(amount),
                self._terms.get((int(p), int(g))) if somebody else None,
            )
        )

    def _know_projects(self) -> None:
        arrived = int((self._memory or self.world).tally[0].projects)
        for number in range(len(self.projects), arrived):
            self.projects.append(Project(self, number))

    def _note_the_given(self, start: int, known: int) -> None:
        """Put turnovers and arrivals, which nobody decides, before this year's events.

        Args:
            start: of this year's events in the log.
            known: projects that were there before this year.
        """
        self._know_projects()
        year, term, gov = self.year, self.setting.nature.term, self.world.gov
        new = (gov["served"] == 1) & ((gov["years_left"] == term) | (year == 1))
        new &= gov["into"] == np.arange(len(gov))
        given = [
            Event(year, "law", None, None, 0.0, regime)
            for regime in self.regimes[1:]
            if regime.since == year
        ]
        given += [
            Event(year, "took_office", None, g.code, 0.0, None)
            for g, took_office in zip(self.governments, new.tolist(), strict=True)
            if took_office
        ]
        given += [
            Event(year, "arrived", p.code, p.host.code, p.cost, None) for p in self.projects[known:]
        ]
        self.log[start:start] = given


def as_seed(rng: Any) -> int:
    """A seed from an integer or its digits."""
    try:
        seed = int(rng)
    except (TypeError, ValueError, OverflowError):
        seed = -1
    bad = isinstance(rng, bool | np.bool_) or (isinstance(rng, float | np.floating) and seed != rng)
    if bad or not 0 <= seed < 2**63:
        raise ScenarioError(f"rng is {rng!r}; allowed: an integer from 0 to 2^63 - 1.")
    return seed


def _plain(function: Any) -> Any:
    return function


def _as_records(world: World) -> World:
    """The same memory, with fields by name (`project[p].cost`) in plain Python too."""
    return World(*(a.view(np.recarray) if a.dtype.names else a for a in world))


def _class_for(
    choice: type[LocalGovernment] | dict[str, type[LocalGovernment]], code: str, name: str
) -> type[LocalGovernment]:
    if isinstance(choice, dict):
        choice = choice.get(code, choice.get(name, LocalGovernment))
    found: Any = choice
    if not (isinstance(found, type) and issubclass(found, LocalGovernment)):
        raise ScenarioError(
            f"government_class: found {shown(found)}, allowed is a class of LocalGovernment, or a "
            "mapping to such classes from codes or names"
        )
    return found
