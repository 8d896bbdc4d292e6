"""Why a government is in a voluntary body or outside it, in words, bars and a question.

What speaks for being in or against it are the terms of its last answer, see
`engine/decisions/stay.py`; here they are sums over the leader's years in office.
"""

from collections.abc import Iterator
from typing import Any

from kernegotiate.agents import Event
from kernegotiate.scenario.mergers import seated
from viz.view import View
from viz.weighing import Question, bars, told_apart
from viz.words import Words

FEW = 3  # governments that are named, see `told`


def weights(terms: Any) -> dict[str, float]:
    """What speaks for being in (above 0) and against it, present values to the leader.

    Args:
        terms: `StayTerms`. The weights add up to its `value`.
    """
    return {
        "pivotal": terms.pivotal * terms.years,
        "bill": -terms.bill * terms.years,
        "hosted": terms.hosted * terms.years,
        "alone": -terms.alone * terms.years,
        "net": terms.net * terms.years,
        "entry": -terms.entry,
    }


def told(view: View, events: list[Event], words: Words) -> Iterator[str]:
    """Who joins and who leaves this year; why is told of one alone."""
    say = words.sentences
    for event, one, since, few, many in (
        ("joined", say.joins, say.joins_since, say.join, say.join_many),
        ("left", say.leaves, say.leaves_since, say.leave, say.leave_many),
    ):
        own = [e for e in events if e.event == event]
        names = [words.place(view.region.governments[view.numbers[str(e.government)]]) for e in own]
        if not own:
            continue
        if len(own) == 1:
            why = reason(own[0], view, words)
            text = (since if why else one).format(names=names[0], why=why)
        elif len(own) <= FEW:
            text = few.format(names=words.names(names))
        else:
            there = seated(view.numbers, view.mergers, own[0].year)
            text = many.format(n=len(own), all=len(there))
        costs = sum(e.amount for e in own)
        if costs > 0.0:
            text += " " + say.joining_costs.format(cost=words.sum_of(costs, view.region.currency))
        yield text


def reason(event: Event, view: View, words: Words) -> str:
    """What weighed most for a step that the terms speak for; "" if nothing did."""
    joins = event.event == "joined"
    if event.terms is None or event.terms.yes != joins:  # somebody else decided
        return ""
    weigh = weights(event.terms)
    own = weigh["hosted"] + weigh["alone"]
    net = weigh["net"]
    reasons = (
        {"pivotal": weigh["pivotal"], "hosted": own, "receives": net}
        if joins
        else {"bill": -weigh["bill"], "alone": -own, "pays": -net}
    )
    name = max(reasons, key=lambda name: reasons[name])
    if reasons[name] <= 0.0:
        return ""
    worth = words.sum_of(reasons[name], view.region.currency)
    return words.stay_reasons[name].format(worth=worth)


def status(view: View, code: str, words: Words) -> str:
    """Whether a government is in the body, and since when; "" where all are."""
    if not view.is_voluntary:
        return ""
    out = code in view.outside[view.year]
    since = view.year
    while since > 1 and (code in view.outside[since - 1]) == out:
        since -= 1
    if out and since <= 1:
        return words.never_member
    return (words.outsider_since if out else words.member_since).format(year=since)


def question(terms: Any, words: Words) -> Question:
    """What a leader asks itself about membership."""
    values = weights(terms).values()
    gain, loss = sum(v for v in values if v > 0.0), -sum(v for v in values if v < 0.0)
    speaks_for, against = told_apart(gain, loss, words)
    return Question(
        words.stay_question,
        words.stay_enough if terms.yes else words.stay_too_little,
        ((words.stay_for, speaks_for), (words.stay_against, against)),
    )


def picture(terms: Any, words: Words, size: int) -> dict[str, Any]:
    """The terms of an answer as an ECharts option: what speaks for being in to the right."""
    labelled = [(words.stay_terms[name], value) for name, value in weights(terms).items() if value]
    return bars(labelled, words, size)
