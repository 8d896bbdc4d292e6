"""What a run needs beside its seed: a scenario laid out, and the rules in force.

The one way from validated values to the year; batches, the Mesa model and tests all take it.
"""

from __future__ import annotations

from typing import NamedTuple

from kernegotiate.engine.layout import World
from kernegotiate.engine.mechanisms import mechanisms
from kernegotiate.engine.rules import Rules, enact
from kernegotiate.engine.setting import Setting, settle
from kernegotiate.scenario import Levers, Scenario
from kernegotiate.scenario.changes import in_turn

NOT_OF_THE_BODY = ("kpi_regional", "veto_points", "approval_years", "send_back")
"""Levers that hold for outsiders too: what superiors count, and what others must approve."""


class Law(NamedTuple):
    """The rules in force from a year on."""

    since: int
    rules: Rules
    bare: Rules  # where governments talk without the body


class Prepared(NamedTuple):
    """A scenario under an institution, ready to make worlds from."""

    setting: Setting
    laws: tuple[Law, ...]  # one after another, the first since year 1

    @property
    def rules(self) -> Rules:
        """The rules in force at the start."""
        return self.laws[0].rules

    def world(self, used: World | None = None) -> World:
        """Memory for one thread; see `Setting.world`.

        Args:
            used: A world that is no longer needed, whose memory may serve again.
        """
        return self.setting.world(
            max(law.rules.linkage for law in self.laws), used, self._longest_wait
        )

    @property
    def last_year(self) -> int:
        """By then every project is finished, dead or expired."""
        return self.setting.last_year + self._longest_wait

    @property
    def _longest_wait(self) -> int:
        return max(law.rules.waiting for law in self.laws)


def prepare(
    scenario: Scenario | Setting,
    levers: Levers,
    without: frozenset[str] = frozenset(),
) -> Prepared:
    """Lay out a scenario and enact an institution's levers in it.

    Args:
        scenario: What is simulated, or that already laid out, which takes longest and is the
            same under every institution.
        levers: Of the institution, until the scenario's first change.
        without: Levers in whose place stand their neutral rules, for testing.
    """
    setting = scenario if isinstance(scenario, Setting) else settle(scenario)
    regimes = dict(in_turn(levers, setting.scenario.changes))
    laws = []
    for since in sorted(regimes.keys() | {merger.year for merger in setting.scenario.mergers}):
        levers = regimes.get(since, levers)
        laws.append(law_of(setting, levers, since, without))
    return Prepared(setting, tuple(laws))


def apart_from(levers: Levers) -> Levers:
    """What holds for governments that stay outside a body."""
    return Levers(**{name: getattr(levers, name) for name in NOT_OF_THE_BODY})


def law_of(
    setting: Setting, levers: Levers, year: int, without: frozenset[str] = frozenset()
) -> Law:
    """The rules under an institution's levers in a scenario that is laid out.

    Args:
        setting: The scenario.
        levers: Of the institution.
        year: From which they hold: so many governments are left by then.
        without: As of `prepare`.
    """
    found = setting.scenario
    gone = sum(len(one.members) - 1 for one in found.mergers if one.year <= year)
    rules, bare = (
        enact(
            of, found.behaviour, found.projects, len(found.region.governments) - gone,
            found.leaders.term, mechanisms(without),
        )
        for of in (levers, apart_from(levers))
    )  # fmt: skip
    return Law(year, rules, bare)
