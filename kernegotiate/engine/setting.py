"""From a validated scenario to a world's memory: codes become row numbers, rules become tables."""

import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from kernegotiate.engine import layout
from kernegotiate.engine.diagnosis import CAUSES, SETS, VALUES
from kernegotiate.engine.draws import Z_LIMIT, Z_STEPS, address
from kernegotiate.engine.horizon import horizon_table, society_table
from kernegotiate.engine.layout import World
from kernegotiate.engine.losses import LINES
from kernegotiate.engine.quantiles import beta_quantiles, gamma_quantiles, normal_tails
from kernegotiate.engine.rules import Nature, nature
from kernegotiate.engine.sphere import great_circles, pulls
from kernegotiate.scenario import LeaderRules, Region, Scenario

# Arrays that a run writes to, besides `motion`, whose length is an institution's `linkage`.
WRITTEN = (
    "gov",
    "project",
    "party",
    "trust",
    "coordinator",
    "tally",
    "ledger",
    "agenda",
    "works",
    "odds",
    "cause",
    "values",
    "remedies",
    "line",
    "income",
)
OF_PROJECTS = ("project", "party", "agenda", "works", "cause", "values", "remedies")
"""What is written before it is read, whoever used it before."""
LEAST_PARAMETER = 1e-200  # of a Beta: smaller ones differ in nothing


@dataclass(frozen=True)
class Setting:
    """What does not change from institution to institution, ready to make worlds from."""

    scenario: Scenario
    nature: Nature
    last_year: int  # by then every project is finished, dead or expired, if none waits
    template: World

    def world(self, linkage: int = 1, used: World | None = None, waiting: int = 0) -> World:
        """Memory for one thread; tables that nobody writes to are shared.

        Args:
            linkage: Works in a motion.
            used: A world that is no longer needed, of whatever setting: where its memory of
                projects has the right size it serves again, since that is written as they arrive.
            waiting: Years that signed works wait for approvals.
        """
        copies = {
            name: getattr(used, name)
            if used is not None
            and name in OF_PROJECTS
            and getattr(used, name).shape == getattr(self.template, name).shape
            else getattr(self.template, name).copy()
            for name in WRITTEN
        }
        weights = self.weights(waiting) if waiting > 0 else {}
        return self.template._replace(motion=np.zeros(linkage, np.uint32), **copies, **weights)

    def weights(self, waiting: int) -> dict[str, np.ndarray]:
        """The tables `horizon` and `society`, for works that wait so many years for approvals."""
        behaviour, leaders = self.scenario.behaviour, self.scenario.leaders
        ahead = self.template.horizon.shape[1] - 1 + waiting
        last = self.template.society.shape[1] - 1 + 2 * waiting
        return {
            "horizon": _horizon(behaviour.leader_discount, leaders.term, leaders.renewal, ahead),
            "society": _society(behaviour.social_discount, last),
        }


def settle(scenario: Scenario) -> Setting:
    """Lay out a scenario."""
    region, rules, table = scenario.region, scenario.projects, scenario.table
    governments = region.governments
    n = len(governments)
    index = {government.code: i for i, government in enumerate(governments)}
    builds = [row.build for row in table] if table is not None else [rules.build_max]
    lives = [row.life for row in table] if table is not None else [rules.life]
    parties = max(len(row.parties) for row in table) if table else min(rules.parties_max, n)
    capacity = len(table) if table is not None else n * scenario.years
    last_year = scenario.years + rules.agenda_life + max(builds, default=1) + 1

    gov, nearest, pull, partners = _geography(_Same(region), parties, rules.distance_scale)
    row, row_party = _table(scenario, index, parties)
    if table:
        circles = [row_party["gov"][t, : row["k"][t]] for t in range(len(row))]
        partners = _partners(n, circles)
    mergers = _mergers(scenario, index)
    partners = _once_merged(partners, mergers)
    behaviour, leaders = scenario.behaviour, scenario.leaders
    ahead = max(builds, default=1) + max(lives, default=1) + 2
    template = World(
        gov=gov,
        project=np.zeros(max(capacity, 1), layout.PROJECT),
        party=np.zeros((max(capacity, 1), parties), layout.PARTY),
        trust=np.full((n, n), behaviour.trust),
        coordinator=np.zeros(1, layout.COORDINATOR),
        tally=np.zeros(1, layout.TALLY),
        ledger=np.zeros((n + layout.OTHER_ACCOUNTS, len(layout.USES))),
        agenda=np.zeros(max(capacity, 1), np.uint32),
        works=np.zeros(max(capacity, 1), np.uint32),
        motion=np.zeros(1, np.uint32),
        odds=np.zeros(parties + 1),
        cause=np.zeros((max(capacity, 1), len(CAUSES))),
        values=np.zeros(parties, VALUES),
        remedies=np.zeros_like(SETS),
        line=np.zeros(len(LINES)),
        income=np.zeros(n),
        partners=partners,
        partner=np.nonzero(partners)[1].astype(np.uint32),
        partners_from=np.concatenate([[0], partners.sum(axis=1).cumsum()]),
        nearest=nearest,
        pull=pull,
        horizon=_horizon(behaviour.leader_discount, leaders.term, leaders.renewal, ahead),
        society=_society(behaviour.social_discount, last_year + ahead),
        quantile=_characters(leaders),
        kind=_kinds(scenario),
        origin=gov[list(layout.PLACE.names or ())].astype(layout.PLACE),
        merger=mergers,
        row=row,
        row_party=row_party,
    )
    return Setting(
        scenario,
        nature(scenario.years, leaders, rules, behaviour),
        last_year,
        template,
    )


class _Same:
    """A region as a key: equal if it is the very same, which no point of a design need compare."""

    def __init__(self, region: Region) -> None:
        self.region = region

    def __hash__(self) -> int:
        return id(self.region)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.region is self.region


_horizon = lru_cache(maxsize=64)(horizon_table)
_society = lru_cache(maxsize=64)(society_table)


@lru_cache(maxsize=64)
def _geography(
    same: _Same, parties: int, scale: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Governments as they begin, the nearest of each, their pull, and who may be whose partner.

    A design meets the same region at many points. Nobody writes to these: worlds copy what they
    write to.
    """
    region = same.region
    gov = np.zeros(len(region.governments), layout.GOVERNMENT)
    gov["address"] = [address(g.code) for g in region.governments]
    gov["into"] = np.arange(len(gov))
    gov["budget"] = region.budgets
    for name in ("population", "grdp", "land_dependence", "ceiling"):
        gov[name] = [getattr(g, name) for g in region.governments]
    kilometres = distances(region)
    nearest = np.stack([_nearest(kilometres[i], i, parties) for i in range(len(gov))])
    pull = _pull(kilometres, nearest, gov["population"], scale)
    return gov, nearest, pull, _partners(len(gov), list(nearest))


def distances(region: Region) -> np.ndarray:
    """Great-circle distances between governments, km, shape (N, N)."""
    lon = np.array([g.lon for g in region.governments], float)
    lat = np.array([g.lat for g in region.governments], float)
    kilometres = np.zeros((len(lon), len(lon)))
    great_circles(lon, lat, kilometres)
    return kilometres


def _nearest(kilometres: np.ndarray, i: int, parties: int) -> np.ndarray:
    """Government i and its nearest, itself first; ties by code (which is the order of rows)."""
    order = sorted(range(len(kilometres)), key=lambda j: (j != i, kilometres[j], j))
    return np.array(order[:parties], np.uint32)


def _pull(
    kilometres: np.ndarray, nearest: np.ndarray, population: np.ndarray, scale: float
) -> np.ndarray:
    """Weights in a host's projects of itself and its nearest, before luck, shape (N, K)."""
    pull = np.zeros(nearest.shape)
    pulls(kilometres, nearest, population.copy(), float(scale), pull)
    return pull


def _partners(n: int, circles: list[np.ndarray]) -> np.ndarray:
    """Who meets whom in a project, shape (N, N), if each circle may have one."""
    partners = np.zeros((n, n), np.bool_)
    for circle in circles:
        partners[np.ix_(circle, circle)] = True
    np.fill_diagonal(partners, False)
    return partners


def _mergers(scenario: Scenario, index: dict[str, int]) -> np.ndarray:
    """One row for each government that becomes part of another."""
    rows = [
        (merger.year, index[merger.members[0]], index[code])
        for merger in scenario.mergers
        for code in merger.members[1:]
    ]
    return np.array(rows, layout.MERGER)


def _once_merged(partners: np.ndarray, mergers: np.ndarray) -> np.ndarray:
    """Who may be whose partner at any time: a merged government has its members' partners."""
    for merger in mergers:
        h, g = merger["into"], merger["absorbed"]
        partners = partners.copy()
        partners[h] |= partners[g]
        partners[:, h] |= partners[:, g]
        partners[h, h] = False
    return partners


@lru_cache(maxsize=64)
def _characters(leaders: LeaderRules) -> np.ndarray:
    """Quantiles of the parochial, legacy and credit weights at knots equally spaced in z."""
    return np.stack(
        [
            _betas(leaders.parochial_mean, leaders.parochial_k),
            _betas(leaders.legacy_mean, leaders.legacy_k),
            _gammas(leaders.credit_shape) * (leaders.credit_mean / leaders.credit_shape),
        ]
    )


# Quantiles take longer than a run; from point to point a design moves one weight, or none.


@lru_cache(maxsize=64)
def _betas(mean: float, k: float) -> np.ndarray:
    table = np.full(Z_STEPS + 1, mean, float)
    if mean not in (0.0, 1.0):
        one, other = max(mean * k, LEAST_PARAMETER), max((1.0 - mean) * k, LEAST_PARAMETER)
        beta_quantiles(one, other, _tails(), table)
    return table


@lru_cache(maxsize=64)
def _gammas(shape: float) -> np.ndarray:
    table = np.zeros(Z_STEPS + 1)
    gamma_quantiles(shape, _tails(), table)
    return table


@cache
def _tails() -> np.ndarray:
    tails = np.zeros(Z_STEPS // 2 + 1)
    normal_tails(2.0 * Z_LIMIT / Z_STEPS, tails)
    return tails


def _kinds(scenario: Scenario) -> np.ndarray:
    kinds = scenario.projects.kinds
    total = math.fsum(kind.weight for kind in kinds)
    table = np.zeros(len(kinds), layout.KIND)
    table["up_to"] = np.cumsum([kind.weight for kind in kinds]) / total
    table["touches_land"] = [kind.touches_land for kind in kinds]
    table["overrun"] = [kind.overrun for kind in kinds]
    return table


def _table(
    scenario: Scenario, index: dict[str, int], parties: int
) -> tuple[np.ndarray, np.ndarray]:
    """The explicit table, which a scenario keeps in the order of arrival: year, host's code."""
    rows = scenario.table or ()
    row = np.zeros(len(rows), layout.PROJECT)
    row_party = np.zeros((len(rows), parties), layout.PARTY)
    seen: dict[tuple[str, int], int] = {}
    overruns = {kind.name: kind.overrun for kind in scenario.projects.kinds}
    for t, r in enumerate(rows):
        serial = seen.get((r.host, r.year), 0)
        seen[r.host, r.year] = serial + 1
        row[t]["host"] = index[r.host]
        row[t]["serial"] = serial
        row[t]["kind"] = t
        row[t]["k"] = len(r.parties)
        row[t]["overruns"] = overruns.get(r.kind, 1.0)
        row[t]["benefit"] = math.fsum(r.own) + r.spillover
        for name in ("year", "cost", "build", "life", "touches_land", "duplicable"):
            row[t][name] = getattr(r, name)
        row_party[t, : len(r.parties)]["gov"] = [index[code] for code in r.parties]
        row_party[t, : len(r.parties)]["own"] = r.own
    return row, row_party
