"""Who is outside a voluntary body, as the log tells it and as the world has it."""

import pytest

import kernegotiate as kn
from kernegotiate.analysis.membership import at_the_table, is_apart, outsiders_of


@pytest.mark.parametrize(
    ("coordinator", "settings"),
    [
        ("conditional_funding", {"membership": "voluntary"}),
        ("advisory_council", {"membership": "voluntary", "mergers": "12 92 93 94; 20 89 91"}),
        ("lga", {"membership": "mandatory"}),
        (
            "statute_planning",
            {"changes": "8 membership=voluntary; 20 membership=mandatory; 26 membership=voluntary"},
        ),
        ("statute_planning", {"membership": "voluntary", "changes": "12 conditional_funding"}),
        ("consensus_or_no_money", {"membership": "voluntary", "years": 10}),
    ],
)
def test_the_log_tells_what_the_world_has(coordinator: str, settings: dict) -> None:
    model = kn.RegionModel("mekong_delta", coordinator=coordinator, rng=2, **settings)
    world = []
    while not model.is_over:
        model.step()
        world.append(
            frozenset(g.code for g in model.governments if g.part_of is g and not g.is_member)
        )
    told = outsiders_of(model)
    assert told[1:] == world
    assert len(set(told)) > 1 or coordinator == "lga"


def test_at_the_start_nobody_is_in_a_voluntary_body() -> None:
    model = kn.RegionModel("mekong_delta", coordinator="lga", rng=1, membership="voluntary")
    codes = model.setting.scenario.region.codes
    assert outsiders_of(model) == [frozenset(codes)]


@pytest.mark.parametrize(
    ("outside", "sit"),
    [
        ("", "ABC"),
        ("C", "AB"),
        ("BC", "ABC"),  # a member alone has no table
        ("A", "ABC"),  # talked about without the body, by members too
        ("AB", "ABC"),
    ],
)
def test_who_sits_where_a_work_is_talked_about(outside: str, sit: str) -> None:
    assert at_the_table("ABC", set(outside)) == list(sit)


def test_a_work_of_a_single_party_needs_no_company() -> None:
    assert not is_apart("A", {"B"})
    assert is_apart("A", {"A"})


def test_seats_are_those_of_the_world() -> None:
    model = kn.RegionModel(
        "mekong_delta", coordinator="conditional_funding", rng=2, membership="voluntary"
    )
    seen = set()
    while model.year < 30:
        model.step()
        outside = {g.code for g in model.governments if not g.is_member}
        for project in model.projects:
            row, seats = model.world.project[project.number], model.world.party[project.number]
            if project.status == "on the agenda" and model.year <= 40:
                codes = [g.code for g in project.parties]
                sit = [code for code, seat in zip(codes, seats, strict=False) if seat["sits"]]
                assert at_the_table(codes, outside) == sit
                assert is_apart(codes, outside) == row["apart"]
                seen.add((bool(row["apart"]), len(sit) < len(codes)))
    assert seen == {(True, False), (False, False), (False, True)}
