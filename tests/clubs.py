"""Voluntary bodies of three towns, who is in being given. Budgets are 60 each."""

from small_worlds import begun, no, yes

BINDING = {"monitoring": 1.0, "contract_completeness": 1.0, "sanction": 100.0}
CLUB = {"membership": "voluntary", "meeting_capacity": 10.0, **BINDING}
QUIET = {"own_talks": 0.0, "cost_joining": 0.0}


def club(scenario, members, answers=None, **levers):
    """A model of a voluntary body with these members, `answers` beside."""
    taken = {code: {"stay": yes if code in members else no} for code in "ABC"}
    for who, more in (answers or {}).items():
        for code in "ABC" if who == "*" else who:
            taken[code] |= more
    return begun(scenario, taken, **(CLUB | levers))


def stepped(model, years=1):
    """The model, so many years later."""
    for _ in range(years):
        model.step()
    return model


def signed(model):
    """Works signed so far."""
    return int(model.world.tally[0].signed)


def answers_of(model, year):
    """The terms of all answers of a year, by town, whoever gave them."""
    heard = {}
    for town in model.governments:
        model.take_over(
            town.code,
            stay=lambda g, m: heard.setdefault((m.year, g.code), m.terms) and m.terms.yes,
        )
    while model.year < year:
        model.step()
    return {code: terms for (when, code), terms in heard.items() if when == year}
