"""Where each lever enters: one small function per effect, beside the rule without the lever.

A lever acts nowhere else. `mechanisms(without={"levy_rate"})` puts the neutral rules in a lever's
place; the null test builds a year from them and demands the same trajectory, bit for bit, as the
lever at its null. A lever that is missing here fails that test.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

HANDSHAKE_COMPLETENESS = 0.3  # what people put into an agreement nobody asks them to write
HANDSHAKE_MONITORING = 0.2  # what neighbours see of each other anyway

EQUAL, ABILITY, BENEFIT = 0, 1, 2
PROPOSAL_RULES = {"equal": EQUAL, "ability": ABILITY, "benefit": BENEFIT}
HOST, LARGEST = 0, 1
CAPTORS = {"host": HOST, "largest": LARGEST}
MEMBERS, COORDINATOR, CENTRE = 0, 1, 2
AGENDAS = {"members": MEMBERS, "coordinator": COORDINATOR, "centre": CENTRE}

_effects: dict[str, tuple[str, Callable[..., Any], Callable[..., Any]]] = {}


def _effect(lever: str, neutral: Callable[..., Any]) -> Callable[[Any], Any]:
    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        _effects[function.__name__] = (lever, function, neutral)
        return function

    return register


def levers() -> set[str]:
    """The levers that have an effect."""
    return {lever for lever, _, _ in _effects.values()}


def effects_of(lever: str) -> dict[str, Callable[..., Any]]:
    """The functions through which a lever acts, by name, in the order of this file.

    Raises:
        KeyError: No lever of this name has an effect.
    """
    found = {name: function for name, (owner, function, _) in _effects.items() if owner == lever}
    if not found:
        raise KeyError(f"no such lever: {lever}")
    return found


def mechanisms(without: frozenset[str] | set[str] = frozenset()) -> SimpleNamespace:
    """All effects by name, with the neutral rule for the levers in `without`."""
    unknown = set(without) - levers()
    if unknown:
        raise KeyError(f"no such lever: {', '.join(sorted(unknown))}")
    return SimpleNamespace(
        **{
            name: neutral if lever in without else function
            for name, (lever, function, neutral) in _effects.items()
        }
    )


# Decision


@_effect("decider", lambda decider, draw: False)
def coordinator_decides(decider, draw):
    """Whether a project lies in the coordinator's jurisdiction."""
    return draw < decider


@_effect("decider", lambda decider: 0.0)
def decision_ceded(decider: float) -> float:
    """The part of its autonomy that a party cedes to who decides (E115, E116)."""
    return decider / 2.0


@_effect("bar", lambda bar, cost: cost)
def benefits_demanded(bar, cost):
    """Estimated benefits below which the coordinator refuses."""
    return bar * cost


@_effect("capture", lambda weight, own, whole: whole)
def judged_by(weight, own, whole):
    """A benefit or a cost as the coordinator sees it: partly the k-fold of its captor's own."""
    return (1.0 - weight) * whole + weight * own


@_effect("captor", lambda captor: HOST)
def captured_by(captor):
    """Whose own gain weighs with the coordinator."""
    return captor


@_effect("delegates", lambda weight, favour, judge: judge)
def board_passes(weight, favour, judge):
    """Whether the board passes a project; at half of all weights it is its own judgement.

    Args:
        weight: Of the members' delegates together; the rest is the coordinator's own.
        favour: Part of the delegates who are for it.
        judge: Whether the coordinator is.
    """
    votes = weight * favour + (1.0 - weight if judge else 0.0)
    return judge if votes == 0.5 else votes > 0.5


@_effect("delegates", lambda weight: False)
def delegates_sit(weight):
    """Whether delegates of the members have a say in what the coordinator decides."""
    return weight > 0.0


@_effect("quota", lambda quota, k: k * 1.0)
def yeses_needed(quota, k):
    """Votes that bind all k parties (A3)."""
    return quota * k


@_effect("proposal_rule", lambda rule, grdp, benefit: 1.0)
def burden(rule, grdp, benefit):
    """Relative weight of a party's share in the first draft."""
    if rule == ABILITY:
        return grdp
    if rule == BENEFIT:
        return max(benefit, 0.0)
    return 1.0


@_effect("linkage", lambda linkage: 1)
def motion_size(linkage):
    """Projects tied into one vote, at most (A5)."""
    return linkage


@_effect("rounds", lambda rounds: 0)
def extra_drafts(rounds: int) -> int:
    """Drafts beyond those the parties try on their own."""
    return rounds


@_effect("meeting_capacity", lambda capacity: 0.0)
def extra_slots(capacity: float) -> float:
    """Slots a year beyond what governments manage among themselves (E138, E165)."""
    return capacity


@_effect("side_payments", lambda allowed: 0.0)
def lowest_share(allowed):
    """The least share of the cost that a party may bear; below 0 it is paid (A2)."""
    return -1e300 if allowed else 0.0


@_effect("veto_points", lambda points: 0)
def approvals_needed(points: int) -> int:
    """Approvals between the signature and the first payment (E81, E85)."""
    return points


@_effect("approval_years", lambda years: 1)
def years_of_an_approval(years: int) -> int:
    """Years that each of them takes (E78, E85)."""
    return years


@_effect("send_back", lambda chance: 0.0)
def objection(chance: float) -> float:
    """Chance with which each of them sends the work back."""
    return chance


@_effect("membership", lambda membership: False)
def may_stay_out(membership: str) -> bool:
    """Whether governments may stay outside the body, and leave it (E132)."""
    return membership == "voluntary"


@_effect("agenda", lambda setter: MEMBERS)
def who_tables(setter):
    """Who decides what comes to the table (E126)."""
    return setter


# Law


@_effect("plan_supremacy", lambda supremacy, draw: False)
def copy_forbidden(supremacy, draw):
    """Whether the regional plan forbids a government's own copy (E04, E06, E45)."""
    return draw < supremacy


@_effect("plan_supremacy", lambda supremacy: 0.0)
def planning_ceded(supremacy: float) -> float:
    """The part of its autonomy that a party cedes to the plan (E116)."""
    return supremacy / 2.0


@_effect("contract_completeness", lambda completeness: HANDSHAKE_COMPLETENESS)
def written_down(completeness: float) -> float:
    """Share of duties, resources and dates that the agreement spells out (E129, E166, E167)."""
    return completeness


@_effect("monitoring", lambda monitoring: HANDSHAKE_MONITORING)
def noticed(monitoring: float) -> float:
    """Chance that a broken promise is noticed by somebody with a say (E106, E163)."""
    return monitoring


@_effect("sanction", lambda sanction: 0.0)
def penalty(sanction: float) -> float:
    """Fine as a multiple of the dues left (E118, E128)."""
    return sanction


# Money


@_effect("match_rate", lambda rate, cost, grants, least: 0.0)
def matched(rate, cost, grants, least):
    """Share of the cost that the centre matches (E125).

    If this year's grants no longer hold the whole of it, `least` of the cost, or nothing.
    """
    return rate if rate * cost <= grants else min(least, rate)


@_effect("grant_budget", lambda rate, budgets: 0.0)
def grants_of_the_year(rate, budgets):
    """Matching grants that the centre has to give this year (E126, E190)."""
    return rate * budgets


@_effect("grant_bar", lambda bar: False)
def funder_selects(bar):
    """Whether the centre looks at a project before it grants money (E124-E126)."""
    return bar > 0.0


@_effect("grant_bar", lambda bar, benefits, costs: True)
def deserves_a_grant(bar, benefits, costs):
    """Whether a project is worth the centre's money, by its estimate."""
    return benefits >= bar * costs


@_effect("grant_carry", lambda part, left: 0.0)
def carried_over(part, left):
    """What of last year's grants is added to this year's."""
    return part * left


@_effect("partial_grants", lambda allowed, part: 0.0)
def cut_grant(allowed, part):
    """What is granted, a share of the cost, where only `part` of it is left."""
    return part if allowed else 0.0


@_effect("withheld_share", lambda share, budget: 0.0)
def conditional_transfer(share, budget):
    """A year's transfer that a project voted down costs each party (E31)."""
    return share * budget


@_effect("levy_rate", lambda rate, budget: 0.0)
def levy(rate, budget):
    """A member's yearly payment into the fund (E46)."""
    return rate * budget


@_effect("levy_rate", lambda rate: False)
def has_fund(rate):
    """Whether levies make a fund to share costs and receive fines."""
    return rate > 0.0


@_effect("backstop", lambda switched_on, fund, remainder: False)
def backstop_holds(switched_on, fund, remainder):
    """Whether the fund takes over what a reneger leaves unpaid."""
    return switched_on and fund >= remainder


@_effect("equalisation", lambda rate, population, mean, budget: 0.0)
def equalised(rate, population, mean, budget):
    """Transfer that closes a part `rate` of the gap to the mean budget per head (E08-E12)."""
    return rate * (population * mean - budget)


@_effect("central_support", lambda rate, budgets: 0.0)
def supported(rate, budgets):
    """The centre's yearly payment into the fund (E46)."""
    return rate * budgets


@_effect("central_support", lambda rate: False)
def fund_supported(rate):
    """Whether the centre makes a fund, be there levies or not."""
    return rate > 0.0


@_effect("bonds", lambda years, income: 0.0)
def debt_limit(years, income):
    """The most that the fund may owe (E46)."""
    return years * income


@_effect("earmark", lambda part, income: 0.0)
def open_to_copies(part, income):
    """What of the fund's income of a year is not kept for joint works (E47, E55, E153)."""
    return (1.0 - part) * income


# People


@_effect("staff_loyalty", lambda loyalty: 1.0)
def staff_for_home(loyalty: float) -> float:
    """How far the secretariat's staff serve the governments they come from (E133-E135)."""
    return loyalty


@_effect("delegate_loyalty", lambda loyalty: 1.0)
def home_pull(loyalty: float) -> float:
    """How far delegates who vote serve the government they come from (E149)."""
    return loyalty


@_effect("kpi_regional", lambda weight: 1.0)
def home_score(weight: float) -> float:
    """What is left of parochialism when the leader's score counts regional results (E23)."""
    return 1.0 - weight


@_effect("institutional_memory", lambda memory: 1.0)
def forgotten(memory: float) -> float:
    """Part of trust that a change of leader puts back (E158, L5)."""
    return 1.0 - memory


@_effect("chair_rank", lambda rank: 0.0)
def seniority(rank: float) -> float:
    """How far up the chair stands, to whose meetings people come (E138, E162)."""
    return rank


# Information


@_effect("data_sharing", lambda sharing: 1.0)
def unknown_to_members(sharing: float) -> float:
    """What is left of the parties' uncertainty, and of the cost of informing them (E49, E154)."""
    return 1.0 - sharing


@_effect("data_sharing", lambda sharing: 1.0)
def unknown_to_coordinator(sharing: float) -> float:
    """What is left of the coordinator's estimation error; half is in nobody's data."""
    return 1.0 - sharing / 2.0


@_effect("mediation", lambda mediation: 1.0)
def bargaining_effort(mediation: float) -> float:
    """What is left of the cost of a round when somebody mediates (E162)."""
    return 1.0 - mediation


@_effect("hosted_costs", lambda hosted: 1.0)
def borne_by_members(hosted: float) -> float:
    """Part of set-up and monitoring costs that members bear; the coordinator hosts the rest."""
    return 1.0 - hosted
