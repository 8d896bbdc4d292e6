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


class Prepared(NamedTuple):
    """A scenario under an institution, ready to make worlds from."""

    setting: Setting
    rules: Rules

    def world(self, used: World | None = None) -> World:
        """Memory for one thread; see `Setting.world`.

        Args:
            used: A world that is no longer needed, whose memory may serve again.
        """
        return self.setting.world(self.rules.linkage, used, self.rules.waiting)

    @property
    def last_year(self) -> int:
        """By then every project is finished, dead or expired."""
        return self.setting.last_year + self.rules.waiting


def prepare(
    scenario: Scenario | Setting,
    levers: Levers,
    without: frozenset[str] = frozenset(),
) -> Prepared:
    """Lay out a scenario and enact an institution's levers in it.

    Args:
        scenario: What is simulated, or that already laid out, which takes longest and is the
            same under every institution.
        levers: Of the institution.
        without: Levers in whose place stand their neutral rules, for testing.
    """
    setting = scenario if isinstance(scenario, Setting) else settle(scenario)
    found = setting.scenario
    size = len(found.region.governments)
    with_ = mechanisms(without)
    return Prepared(
        setting, enact(levers, found.behaviour, found.projects, size, found.leaders.term, with_)
    )
