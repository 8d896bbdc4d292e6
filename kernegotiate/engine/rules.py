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
    renewal_results: float  # of the chance of renewal, per work opened or promise broken
    overrun: float  # mean, of the cost that is left, per year of building
    bad_years: float  # chance of one, a government and year
    bad_year_loss: float  # part of the budget lacking in it
    bad_years_shared: float  # part of them that befalls all alike


_OF_PROJECTS = [name for name in Nature._fields if name in ProjectRules.model_fields]


class Rules(NamedTuple):
    """An institution and the behaviour it meets; shares are of a project's cost."""

    # Levers that a mechanism reads within the year, as they are set (see mechanisms.py)
    decider: float
    bar: float
    capture: float
    captor: int
    delegates: float
    quota: float
    proposal_rule: int
    linkage: int
    side_payments: bool
    agenda: int
    plan_supremacy: float
    match_rate: float
    grant_budget: float
    grant_bar: float
    grant_carry: float
    partial_grants: bool
    withheld_share: float
    levy_rate: float
    backstop: bool
    equalisation: float
    central_support: float
    bonds: float
    earmark: float
    # Talks
    voluntary: bool  # governments may stay outside the body
    joining: float  # cost of joining it, per unit of budget
    drafts: int  # votes on one motion, at most
    slots: float  # motions a year
    own_talks: float  # of these, for each government
    share_step: float
    fund: bool  # there is one
    fund_cap: float
    interest: float  # on debts
    debt_years: int  # of a government, 0 = none is carried
    upfront: float
    agenda_life: int
    # Approvals
    approvals: int  # after a signature
    waiting: int  # years from it to the first payment
    send_back: float  # chance with each of them
    # Promises
    enforcement: float  # E: chance that an unwilling partner pays all the same
    detection: float  # chance that a broken promise is fined
    fine: float  # expected, per unit of dues left
    fine_if_caught: float  # per unit of dues left
    reputation: float  # felt cost of breaking a promise to partners who trust fully
    congestion: float  # by which a breach more lowers the chance that one is pursued
    end_foreseen: float  # discount on payments that fall after a partner's time
    term: int  # years
    reopening: float  # chance that terms are reopened for who would leave
    hold_up: float  # chance that a party threatens to leave
    grudge: float  # part of benefits lost if no party wanted the work
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
    centre_error: float  # ... of the centre's, with whom no data are shared
    information: float  # costs, per unit of project cost:
    round: float  # ... of one draft
    standing: float  # ... of set-up, to members
    watching: float  # ... of monitoring per build year, to members
    upkeep: float  # of the coordinating body, per unit of members' budgets and year
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
    of_leaders = ("term", "term_limit", "renewal", "renewal_results")
    shared |= {name: getattr(leaders, name) for name in of_leaders}
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
        bad_years=behaviour.bad_years,
        bad_year_loss=behaviour.bad_year_loss,
        bad_years_shared=behaviour.bad_years_shared,
        **shared,
    )


def enact(
    levers: Levers,
    behaviour: Behaviour,
    projects: ProjectRules,
    governments: int,
    term: int,
    mechanisms: SimpleNamespace | None = None,
) -> Rules:
    """The rules in force under `levers` for so many governments, with terms of `term` years."""
    with_ = mechanisms or m.mechanisms()
    b = behaviour
    completeness = with_.written_down(levers.contract_completeness)
    loyalty = with_.staff_for_home(levers.staff_loyalty)
    helped = 1.0 - b.shirking * loyalty  # part of its work that the staff do
    data = levers.data_sharing * helped
    capacity = with_.extra_slots(levers.meeting_capacity)
    rank = with_.seniority(levers.chair_rank)
    # To a senior chair's meetings fewer stay away, and they are called more often.
    attended = (1.0 - b.absence * (1.0 - rank)) * (1.0 + b.convening * rank)
    approvals = with_.approvals_needed(levers.veto_points)
    score = with_.home_score(levers.kpi_regional)
    sanction = with_.penalty(levers.sanction)
    # Home-loyal staff look away from what their own government does (E135).
    detection = with_.noticed(levers.monitoring) * (1.0 - b.evasion * loyalty)
    borne = with_.borne_by_members(levers.hosted_costs)
    ceded = with_.decision_ceded(levers.decider) + with_.planning_ceded(levers.plan_supremacy)
    return Rules(
        decider=levers.decider,
        bar=levers.bar,
        capture=levers.capture,
        captor=m.CAPTORS[levers.captor],
        delegates=levers.delegates,
        quota=levers.quota,
        proposal_rule=m.PROPOSAL_RULES[levers.proposal_rule],
        linkage=levers.linkage,
        side_payments=levers.side_payments,
        agenda=m.AGENDAS[levers.agenda],
        plan_supremacy=levers.plan_supremacy,
        match_rate=levers.match_rate,
        grant_budget=levers.grant_budget,
        grant_bar=levers.grant_bar,
        grant_carry=levers.grant_carry,
        partial_grants=levers.partial_grants,
        withheld_share=levers.withheld_share,
        levy_rate=levers.levy_rate,
        backstop=levers.backstop,
        equalisation=levers.equalisation,
        central_support=levers.central_support,
        bonds=levers.bonds,
        earmark=levers.earmark,
        voluntary=with_.may_stay_out(levers.membership),
        joining=b.cost_joining,
        drafts=b.own_rounds + int(with_.extra_drafts(levers.rounds) * helped),
        slots=b.own_talks * governments + capacity * attended,
        own_talks=b.own_talks,
        share_step=b.share_step,
        fund=with_.has_fund(levers.levy_rate) or with_.fund_supported(levers.central_support),
        fund_cap=b.fund_cap,
        interest=b.interest,
        debt_years=b.debt_years,
        upfront=projects.upfront,
        agenda_life=projects.agenda_life,
        approvals=approvals,
        waiting=approvals * with_.years_of_an_approval(levers.approval_years),
        send_back=with_.objection(levers.send_back),
        enforcement=detection * min(1.0, sanction) * completeness,
        detection=detection,
        fine=detection * sanction * completeness,
        fine_if_caught=sanction * completeness,
        reputation=b.reputation * completeness,
        congestion=b.congestion,
        end_foreseen=b.end_foreseen,
        term=term,
        reopening=b.reopening,
        hold_up=b.hold_up,
        grudge=b.grudge,
        cover=b.cover,
        trust_up=b.trust_up,
        # A vague promise broken hurts less (E166).
        trust_down=b.trust_down * (VAGUE_BREACH + (1.0 - VAGUE_BREACH) * completeness),
        trust_reset=b.trust_reset * with_.forgotten(levers.institutional_memory),
        trust=b.trust,
        home_at_vote=with_.home_pull(levers.delegate_loyalty) * score,
        home=score,
        noise=b.noise * with_.unknown_to_members(data),
        caution=b.caution,
        estimate_error=b.estimate_error * with_.unknown_to_coordinator(data),
        centre_error=b.estimate_error,
        information=b.cost_information * with_.unknown_to_members(data),
        round=b.cost_round * with_.bargaining_effort(levers.mediation),
        standing=b.cost_setup * borne,
        watching=b.cost_monitoring * borne,
        upkeep=b.cost_body * capacity,
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
