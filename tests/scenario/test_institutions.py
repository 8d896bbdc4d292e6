"""The shipped institutions hold the model's table; own ones need only say what differs."""

import re
import tomllib

import pytest

from kernegotiate.scenario import (
    Institution,
    LeverNote,
    Levers,
    ScenarioError,
    institution_names,
    load_institution,
    shipped,
)

ROWS = {
    "decider": (0, 0, 0, 0, 0, 1, 1),
    "quota": (1, 1, 1, 1, 1, 1, 1),
    "proposal_rule": ("equal", "equal", "equal", "benefit", "benefit", "benefit", "ability"),
    "rounds": (0, 2, 2, 4, 6, 4, 2),
    "meeting_capacity": (0, 2, 2, 3, 3, 6, 4),
    "contract_completeness": (0.3, 0.3, 0.5, 0.9, 0.8, 0.9, 0.9),
    "monitoring": (0.2, 0.3, 0.4, 0.8, 0.7, 0.8, 0.8),
    "sanction": (0, 0, 0, 1, 0.6, 1.2, 1),
    "match_rate": (0, 0, 0, 0.5, 0.6, 0, 0),
    "grant_budget": (0, 0, 0, 0.3, 0.6, 0, 0),
    "withheld_share": (0, 0, 0, 0, 0.1, 0, 0),
    "levy_rate": (0, 0, 0, 0, 0, 0.1, 0.05),
    "backstop": (False, False, False, False, False, True, False),
    "plan_supremacy": (0, 0, 0, 0, 0, 0.9, 1),
    "equalisation": (0, 0, 0, 0, 0, 0, 0.3),
    "staff_loyalty": (1, 1, 1, 1, 1, 0.2, 0.2),
    "delegate_loyalty": (1, 1, 1, 1, 1, 0.2, 0.2),
    "kpi_regional": (0, 0, 0, 0, 0, 0.2, 0),
    "data_sharing": (0, 0.2, 0.3, 0.4, 0.4, 0.6, 0.6),
    "hosted_costs": (0, 0.5, 0.5, 1, 1, 1, 1),
}
NAMES = (
    "none",
    "advisory_council",
    "lga",
    "conditional_funding",
    "consensus_or_no_money",
    "empowered_board",
    "statute_planning",
)


# Those that are based on one of the seven, with all levers that they move.
OTHERS = {
    "functional_zoning": ("none", {"plan_supremacy": 1}),
    "key_economic_regions": ("advisory_council", {"rounds": 0}),
    "lga_reformed": ("lga", {"staff_loyalty": 0, "delegate_loyalty": 0, "kpi_regional": 0.5}),
    "lga_voluntary": ("lga", {"membership": "voluntary"}),
    "management_board_fund": (
        "empowered_board",
        {
            "plan_supremacy": 1,
            "sanction": 0,
            "central_support": 0.05,
            "bonds": 2.5,
            "kpi_regional": 0,
        },
    ),
    "orders_with_incentives": (
        "empowered_board",
        {
            "plan_supremacy": 0,
            "sanction": 0,
            "match_rate": 0.5,
            "grant_budget": 0.3,
            "levy_rate": 0,
            "backstop": False,
        },
    ),
    "project_competition": ("conditional_funding", {"grant_bar": 1}),
    "rare_meetings": ("advisory_council", {"rounds": 1, "meeting_capacity": 0.25}),
    "vice_premier_committee": (
        "empowered_board",
        {"sanction": 0, "levy_rate": 0, "backstop": False},
    ),
}


def test_sixteen_are_there():
    assert institution_names() == sorted([*NAMES, *OTHERS])


@pytest.mark.parametrize("name", OTHERS)
def test_the_others_move_these_levers_of_their_base_and_no_more(name):
    base, moved = OTHERS[name]
    institution = load_institution(name)
    assert institution.levers == load_institution(base).with_overrides(**moved).levers
    assert all(institution.note(lever) != load_institution(base).note(lever) for lever in moved)


def test_levers_of_a_file_are_those_that_it_moves_or_has_another_source_for():
    """So that nobody reads a copy of the base's line as a finding about the other body."""
    for name, (base, _) in OTHERS.items():
        text = (shipped("scenarios/institutions") / f"{name}.toml").read_text(encoding="utf-8")
        for lever in tomllib.loads(text)["levers"]:
            assert load_institution(name).note(lever) != load_institution(base).note(lever), lever


@pytest.mark.parametrize("name", NAMES)
def test_values_are_those_of_the_model_s_table(name):
    column = NAMES.index(name)
    told = {lever: row[column] for lever, row in ROWS.items()}
    assert load_institution(name).levers == Levers(**told)


@pytest.mark.parametrize("name", [*NAMES, *OTHERS])
def test_each_value_names_its_source(name):
    institution = load_institution(name)
    assert institution.name == name
    assert institution.title != name
    assert institution.title_vi not in {institution.title, name}
    assert institution.source
    assert all(re.fullmatch(r"E\d{2,3}", item) for item in institution.evidence)
    told = {note.lever for note in institution.notes}
    assert told >= set(ROWS) - {"quota"}
    for note in institution.notes:
        assert re.match(r"E\d|assumption|null$", note.source), note
        if note.source == "null":
            assert getattr(institution.levers, note.lever) == getattr(Levers(), note.lever)


def test_none_is_the_null_of_every_lever():
    assert load_institution("none").levers == Levers()


def test_an_own_institution_says_only_what_differs(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[levers]\nmatch_rate = 0.2\n", encoding="utf-8")
    mine = load_institution(path)
    assert (mine.name, mine.title) == ("mine", "mine")
    assert mine.levers == Levers(match_rate=0.2)


def test_an_own_institution_may_be_based_on_another(tmp_path):
    path, other = tmp_path / "mine.toml", tmp_path / "other.toml"
    path.write_text('based_on = "advisory_council"\n[levers]\nrounds = 5\n', encoding="utf-8")
    other.write_text(
        'based_on = "mine.toml"\ntitle = "Other"\n[levers]\nbar = 2\n', encoding="utf-8"
    )
    council, mine = load_institution("advisory_council"), load_institution(path)
    assert (mine.name, mine.title) == ("mine", "mine")
    assert mine.evidence == council.evidence
    assert mine.levers == council.with_overrides(rounds=5).levers
    assert mine.note("rounds") is None
    assert mine.note("monitoring") == council.note("monitoring")
    assert load_institution(other).levers == council.with_overrides(rounds=5, bar=2).levers


def test_overrides_drop_the_notes_that_no_longer_hold():
    korea = load_institution("conditional_funding")
    assert korea.note("match_rate") == LeverNote(
        lever="match_rate", source="E125", range=(0.0, 0.8)
    )
    changed = korea.with_overrides(match_rate=0.9)
    assert changed.levers.match_rate == 0.9
    assert changed.note("match_rate") is None
    assert changed.note("sanction") is not None


@pytest.mark.parametrize(
    ("levers", "message"),
    [
        ("quotta = 1", "levers.quotta: unknown key, did you mean 'quota'?"),
        ("quota = 0", "levers.quota: found 0, allowed is a finite number in (0, 1]"),
        ("quota = {range = [0.1, 1]}", "levers.quota.value: the value is missing"),
        ("quota = {value = '1'}", "levers.quota: found the text '1', allowed is a finite number"),
        ("quota = {value = 1, scource = 'E1'}", "levers.quota: scource: unknown key, did you mean"),
        ("quota = {value = 1, range = [1]}", "levers.quota: range"),
        ("quota = {value = 1, range = [0, 1]}", "plausible range: quota: found 0.0, allowed is"),
        ("quota = {value = 1, range = [0.1, 0.5]}", "levers.quota.range: [0.1, 0.5] leaves out"),
        ("backstop = {value = true, range = [0, 1]}", "levers.backstop.range: found a list"),
    ],
)
def test_institutions_that_do_not_fit(tmp_path, levers, message):
    path = tmp_path / "mine.toml"
    path.write_text(f"[levers]\n{levers}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_institution(path)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(f"{path}: {message}")


@pytest.mark.parametrize("name", [*NAMES, *OTHERS])
def test_round_trip(name):
    institution = load_institution(name)
    assert Institution.checked(institution.model_dump(), "dump") == institution
    assert Institution.model_validate_json(institution.model_dump_json()) == institution
    assert hash(institution) == hash(load_institution(name))
