"""The rules in force: behaviour and levers as the numbers the year works with.

`enact` turns validated values into one flat tuple, once per institution, so that nothing is
computed twice in the loop and no function sees more than it needs. Every lever passes through its
function in `mechanisms.py`.
"""

from types import SimpleNamespace
from typing import NamedTuple

from kernegotiate.engine import mechanisms as m
from kernegotiate.engine.elementary import log
from kernegotiate.engine.leaders import CALENDARS
from kernegotiate.scenario import Behaviour, LeaderRules, Levers, ProjectRules

VAGUE_BREACH = 0.3  # part of `trust_down` that the vaguest promise costs when broken; assumption


class Nature(NamedTuple):
    """What no institution changes: how leaders come and go, how projects arrive."""

    years: int
    term: int
    term_limit: int
    renewal: float
    calendar: int
    rate: float
    parties_min: int
    parties_max: int
    build_min: int
    build_max: int
    life: int
    spillover: float
    misfit: float
    ratio_log_mean: float
    ratio_log_sd: float
    cost_min: float
    cost_max: float
    duplicable: float
    benefit_spread: float
    upfront: float
    agenda_life: int
    copy_ratio: float
    copy_crowding: float
    trust: float
    trust_reset: float  # at a change of leader, where no institution remembers
    foresight: float  # part of the leaders who foresee whether they will keep a promise


_OF_PROJECTS = [name for name in Nature._fields if name in ProjectRules.model_fields]


class Rules(NamedTuple):
    """An institution and the behaviour it meets; shares are of a project's cost."""

    # Levers that a mechanism reads within the year, as they are set (see mechanisms.py)
    decider: float
    bar: float
    quota: float
    proposal_rule: int
    linkage: int
    side_payments: bool
    plan_supremacy: float
    match_rate: float
    grant_budget: float
    withheld_share: float
    levy_rate: float
    backstop: bool
    equalisation: float
    # Talks
    drafts: int  # votes on one motion, at most
    slots: float  # motions a year
    share_step: float
    fund_cap: float
    upfront: float
    agenda_life: int
    # Promises
    enforcement: float  # E: chance that an unwilling partner pays all the same
    detection: float  # chance that a broken promise is fined
    fine: float  # expected, per unit of dues left
    fine_if_caught: float  # per unit of dues left
    reputation: float  # felt cost of breaking a promise to partners who trust fully
    cover: float  # chance that the others finish the work of a party that bore nothing
    trust_up: float
    trust_down: float  # for one broken promise, as this agreement spelled it out
    trust_reset: float  # at a change of leader
    trust: float  # the level that trust starts from and returns to
    # Payoffs
    home_at_vote: float  # weight of home, relative to the leader's own: of its delegate in a vote
    home: float  # ... of the leader in its other decisions
    noise: float  # s: sd of the log error in reading one's own gain
    caution: float  # in units of s
    estimate_error: float  # sd of the coordinator's log error
    information: float  # costs, per unit of project cost:
    round: float  # ... of one draft
    standing: float  # ... of set-up, to members
    watching: float  # ... of monitoring per build year, to members
    real_standing: float  # ... of set-up, to the region
    real_watching: float  # ... of monitoring per build year, to the region
    land_rent: float  # forgone by the host of a work on land, per unit of cost and dependence
    autonomy: float  # felt, per unit of a party's part of the cost
    signing_credit: float
    text: float  # chance that talks about a project end with a text that binds
    declaring_credit: float
    credit_kept: float  # part of the credit for signing that comes in while it is kept
    voters_loss: float  # part of its standing with voters that a breach costs a leader
    copy_crowding: float


def nature(
    years: int, leaders: LeaderRules, projects: ProjectRules, behaviour: Behaviour
) -> Nature:
    """Exogenous rules of a scenario."""
    shared = {name: getattr(projects, name) for name in _OF_PROJECTS}
    shared |= {name: getattr(leaders, name) for name in ("term", "term_limit", "renewal")}
    spread = projects.ratio_log_sd
    return Nature(
        years=years,
        calendar=CALENDARS[leaders.calendar],
        ratio_log_mean=log(projects.ratio_mean) - 0.5 * spread * spread,
        copy_ratio=behaviour.copy_ratio,
        copy_crowding=behaviour.copy_crowding,
        trust=behaviour.trust,
        trust_reset=behaviour.trust_reset,
        foresight=behaviour.foresight,
        **shared,
    )


def enact(
    levers: Levers,
    behaviour: Behaviour,
    projects: ProjectRules,
    governments: int,
    mechanisms: SimpleNamespace | None = None,
) -> Rules:
    """The rules in force under `levers` for a region of `governments` members."""
    with_ = mechanisms or m.mechanisms()
    b = behaviour
    completeness = with_.written_down(levers.contract_completeness)
    loyalty = with_.home_pull(levers.staff_loyalty)
    score = with_.home_score(levers.kpi_regional)
    sanction = with_.penalty(levers.sanction)
    # Home-loyal staff look away from what their own government does (E135).
    detection = with_.noticed(levers.monitoring) * (1.0 - b.evasion * loyalty)
    borne = with_.borne_by_members(levers.hosted_costs)
    ceded = with_.decision_ceded(levers.decider) + with_.planning_ceded(levers.plan_supremacy)
    return Rules(
        decider=levers.decider,
        bar=levers.bar,
        quota=levers.quota,
        proposal_rule=m.PROPOSAL_RULES[levers.proposal_rule],
        linkage=levers.linkage,
        side_payments=levers.side_payments,
        plan_supremacy=levers.plan_supremacy,
        match_rate=levers.match_rate,
        grant_budget=levers.grant_budget,
        withheld_share=levers.withheld_share,
        levy_rate=levers.levy_rate,
        backstop=levers.backstop,
        equalisation=levers.equalisation,
        drafts=b.own_rounds + with_.extra_drafts(levers.rounds),
        slots=b.own_talks * governments + with_.extra_slots(levers.meeting_capacity),
        share_step=b.share_step,
        fund_cap=b.fund_cap,
        upfront=projects.upfront,
        agenda_life=projects.agenda_life,
        enforcement=detection * min(1.0, sanction) * completeness,
        detection=detection,
        fine=detection * sanction * completeness,
        fine_if_caught=sanction * completeness,
        reputation=b.reputation * completeness,
        cover=b.cover,
        trust_up=b.trust_up,
        # A vague promise broken hurts less (E166).
        trust_down=b.trust_down * (VAGUE_BREACH + (1.0 - VAGUE_BREACH) * completeness),
        trust_reset=b.trust_reset * with_.forgotten(levers.institutional_memory),
        trust=b.trust,
        home_at_vote=loyalty * score,
        home=score,
        noise=b.noise * with_.unknown_to_members(levers.data_sharing),
        caution=b.caution,
        estimate_error=b.estimate_error * with_.unknown_to_coordinator(levers.data_sharing),
        information=b.cost_information * with_.unknown_to_members(levers.data_sharing),
        round=b.cost_round * with_.bargaining_effort(levers.mediation),
        standing=b.cost_setup * borne,
        watching=b.cost_monitoring * borne,
        real_standing=b.cost_setup,
        real_watching=b.cost_monitoring,
        land_rent=b.land_rent,
        autonomy=b.autonomy_cost * ceded,
        signing_credit=b.signing_credit,
        text=1.0 - b.vagueness * (1.0 - completeness),
        declaring_credit=b.declaring_credit,
        credit_kept=b.credit_kept,
        voters_loss=b.voters_loss,
        copy_crowding=b.copy_crowding,
    )
