"""What a change of law leaves as it was signed, reckoned by hand: docs/model.md, section 3.1."""

import pytest

from small_worlds import begun, close, events, no, project, told, towns, trust, yes

AGREE = {"vote": yes, "go_alone": no}
STRICT = {"monitoring": 1.0, "sanction": 0.5, "contract_completeness": 0.4}
LOOSE = {"monitoring": 0.0, "sanction": 0.0, "contract_completeness": 0.0}


def years_of(*projects, first, then, **values):
    """A model in which `then` is set from year 2 on, in place of `first`."""
    changes = [{"year": 2, "set": then}]
    world = towns(*projects, years=2, changes=changes, **values)
    return begun(world, {"*": {"honour": yes, **AGREE}}, **first)


def leaving(model, code, year):
    """Run to the end; a town keeps its promises until it leaves everything in `year`."""
    model.take_over(code, honour=lambda _, promise: promise.year < year)
    while model.running:
        model.step()
    return model


def test_a_fine_is_what_was_signed():
    """Build 2, a third each year: in year 2 two thirds of B's 30 are left, fined at .5 x .4."""
    work = project("AB", (9, 9), build=2, cost=60.0)
    model = leaving(years_of(work, first=STRICT, then=LOOSE, upfront=1 / 3), "B", 2)
    assert told(model, "fined", "year", "amount") == [(2, close(0.5 * 0.4 * 20))]


def test_a_law_that_brings_fines_binds_nobody_who_signed_before():
    work = project("AB", (9, 9), build=2)
    model = leaving(years_of(work, first=LOOSE, then=STRICT), "B", 2)
    assert [e.year for e in events(model, "reneged")] == [2]
    assert events(model, "fined") == []


def test_who_signs_after_the_change_is_bound_by_the_new_law():
    early, late = project("AB", (9, 9), build=3), project("AB", (9, 9), build=3, year=2)
    model = leaving(years_of(early, late, first=LOOSE, then=STRICT, upfront=0.25), "B", 2)
    fines = [(e.project, e.amount) for e in events(model, "fined")]
    assert fines == [(model.projects[1].code, close(0.5 * 0.4 * 30))]


def test_trust_falls_as_far_as_the_signed_text_says():
    """`trust_down` .5: the vaguest promise costs .3 of it; what was written down in full, all."""
    work = project("AB", (9, 9), build=2)
    full, none = {"contract_completeness": 1.0}, {"contract_completeness": 0.0}
    for first, then, part in ((full, none, 1.0), (none, full, 0.3)):
        model = years_of(work, first=first, then=then, trust_down=0.5, trust_up=0.0)
        leaving(model, "B", 2)
        assert trust(model, "AB") == close(0.5 * (1 - 0.5 * part))


@pytest.mark.parametrize(("first", "then"), [(STRICT, LOOSE), (LOOSE, STRICT)])
def test_what_a_promise_weighs_goes_by_the_signed_terms(first, then):
    """Expected fine, felt reputation and confidence are those of a region where nothing changes."""
    work = project("AB", (9, 9), build=2)
    weighed = {}
    for law in (first, then):
        model = years_of(work, first=first, then=law, reputation=0.2)
        model.step()
        model.step()
        terms = [e.terms for e in events(model, "paid") if (e.year, e.government) == (2, "B")]
        weighed[str(law)] = [terms[0].fine, terms[0].reputation, terms[0].confidence]
    assert weighed[str(first)] == weighed[str(then)]
    assert (weighed[str(first)][0] > 0) == (first is STRICT)


def test_a_plan_claims_what_arrives_from_then_on():
    early = project("AB", (9, 9), duplicable=True)
    late = project("AB", (9, 9), duplicable=True, year=2)
    model = years_of(early, late, first={}, then={"plan_supremacy": 1.0})
    model.step()
    model.step()
    party = model.world.party
    assert [bool(party[p, 0].forbidden) for p in range(2)] == [False, True]


def test_grants_promised_are_paid_when_the_match_has_ended():
    work = project("AB", (9, 9), build=2)
    model = years_of(
        work, first={"match_rate": 0.5, "grant_budget": 10.0}, then={"match_rate": 0.0}
    )
    while model.running:
        model.step()
    assert model.outcomes()["grant_spending"] == close(30.0)
