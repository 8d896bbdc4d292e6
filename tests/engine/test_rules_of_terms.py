"""Terms, turnover and what newcomers know, by hand: docs/model.md, 3.2, 3.4.2 and 3.4.3."""

import pytest

import kernegotiate as kn
from kernegotiate.scenario import Levers, load_scenario
from small_worlds import begun, close, no, project, towns, trust

REFUSE = {"*": {"vote": no, "go_alone": no}}
QUIET = [project("ABC", (1, 1, 1)), project("ABC", (1, 1, 1), year=9)]  # a meeting, then nothing


def left(model):
    return [town.leader.years_left for town in model.governments]


def served(model):
    return [town.leader.terms_served for town in model.governments]


@pytest.mark.parametrize(
    ("calendar", "term", "first"),
    [
        ("synchronised", 4, [4, 4, 4]),
        ("staggered", 4, [4 - 0, 4 - 1, 4 - 2]),  # floor(4 i/3)
        ("staggered", 6, [6 - 0, 6 - 2, 6 - 4]),
        ("staggered", 2, [2 - 0, 2 - 0, 2 - 1]),
    ],
)
def test_terms_run_down_and_begin_again(calendar, term, first):
    model = begun(towns(*QUIET, term=term, renewal=0.0, calendar=calendar), REFUSE)
    assert left(model) == first
    model.step()
    assert left(model) == first  # the first year is part of the term
    model.step()
    assert left(model) == [years - 1 or term for years in first]


def test_at_random_first_leaders_stand_anywhere_in_their_term():
    """All three places of a term of three turn up, in a region of 13."""
    delta = load_scenario("mekong_delta").with_overrides(term=3, calendar="random")
    model = kn.RegionModel(delta, Levers(), rng=1)
    assert set(left(model)) == {1, 2, 3}


def test_a_leader_is_renewed_until_the_limit_and_keeps_its_character():
    """Certain renewal, terms of a year, two at most: renewed in year 2, replaced in year 3."""
    scenario = towns(*QUIET, term=1, renewal=1.0, term_limit=2, parochial_mean=0.5, parochial_k=4)
    model = begun(scenario, REFUSE)
    seen = []
    for _ in range(4):
        model.step()
        seen.append((served(model)[0], model.governments[0].leader.parochial))
    assert [terms for terms, _ in seen] == [1, 2, 1, 2]
    assert seen[0][1] == seen[1][1]
    assert seen[1][1] != seen[2][1]


def test_without_renewal_everybody_serves_once():
    model = begun(towns(*QUIET, term=1, renewal=0.0, term_limit=5), REFUSE)
    for _ in range(3):
        model.step()
    assert served(model) == [1, 1, 1]


# Trust of and in newcomers


@pytest.mark.parametrize("memory", [0.0, 0.25, 1.0])
def test_a_newcomer_starts_nearer_the_baseline_in_both_directions(memory):
    """T moves by .4 (1 - memory) of its distance to .5, up and down; only C changes hands."""
    scenario = towns(
        *QUIET, term=3, renewal=0.0, calendar="staggered", trust_reset=0.4, trust=0.5
    )  # 3, 2 and 1 years left
    model = begun(scenario, REFUSE, institutional_memory=memory)
    before = {"AB": 0.9, "BA": 0.2, "AC": 0.9, "CA": 0.1, "BC": 0.8, "CB": 0.3}
    for pair, value in before.items():
        trust(model, pair, value)
    model.step()
    model.step()
    speed = 0.4 * (1 - memory)
    for pair, value in before.items():
        expected = value + speed * (0.5 - value) if "C" in pair else value
        assert trust(model, pair) == close(expected)


def test_where_both_leaders_change_trust_is_reset_twice():
    model = begun(towns(*QUIET, term=1, renewal=0.0, trust_reset=0.4), REFUSE)
    trust(model, "AB", 0.9)
    model.step()
    model.step()
    assert trust(model, "AB") == close(0.5 + 0.6 * 0.6 * 0.4)


def test_a_renewed_leader_is_no_newcomer():
    model = begun(towns(*QUIET, term=1, renewal=1.0, term_limit=9, trust_reset=0.4), REFUSE)
    trust(model, "AB", 0.9)
    model.step()
    model.step()
    assert trust(model, "AB") == 0.9


def test_who_can_never_be_a_partner_is_no_object_of_trust():
    """C is in no project: what others think of it stays, and does not count in the mean."""
    rows = [project("AB", (1, 1)), project("AB", (1, 1), year=3)]
    model = begun(towns(*rows, term=1, renewal=0.0, trust_reset=0.4), REFUSE)
    trust(model, "AC", 0.9)
    trust(model, "AB", 0.7)
    trust(model, "BA", 0.5)
    model.step()
    model.step()
    assert trust(model, "AC") == 0.9
    assert model.trajectory().mean_trust.iloc[0] == close((0.7 + 0.5) / 2)
    model.step()
    reset = 0.5 + 0.6**4 * 0.2  # two changes of two leaders
    assert float(model.world.tally[0].mean_trust) == close((reset + 0.5) / 2)
