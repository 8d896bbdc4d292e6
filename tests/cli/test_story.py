"""What is told of a run: who refused, who let whom down, what would have helped."""

import re
from typing import Any

import pytest

import kernegotiate as kn
from kernegotiate.agents.refusals import Witness
from kernegotiate.analysis.membership import outsiders_of
from kernegotiate.cli.failures import REMEDY_WORDS, failures, helped, some
from kernegotiate.cli.story import TOLD, called, headings, memberships, story, turnovers
from kernegotiate.cli.words import listed
from kernegotiate.engine import events
from kernegotiate.engine.diagnosis import FRICTIONS

Told = tuple[kn.RegionModel, Witness]


def run(coordinator: str, seed: int, **overrides: Any) -> Told:
    model = kn.RegionModel("mekong_delta", coordinator, rng=seed, **overrides)
    witness = Witness.of(model)
    while not model.is_over:
        model.step()
    return model, witness


@pytest.fixture(scope="module")
def council() -> Told:
    return run("advisory_council", 7, years=20)


@pytest.mark.parametrize(
    ("remedies", "words"),
    [
        ([["horizon"]], "with longer horizons"),
        ([["horizon"], ["trust"]], "with longer horizons or full trust"),
        ([["horizon", "trust"]], "with longer horizons and full trust"),
        (
            [["horizon", "trust"], ["horizon", "budget"]],
            "with longer horizons and either full trust or larger budgets",
        ),
        (
            [["horizon", "trust"], ["horizon", "budget"], ["horizon", "division"]],
            "with longer horizons and any of full trust, larger budgets or side payments",
        ),
        (
            [["horizon", "trust"], ["budget", "division"]],
            "with longer horizons and full trust, or with larger budgets and side payments,",
        ),
        (
            [["horizon", "trust"], ["budget", "division"], ["horizon", "division"]],
            "with two changes together, such as longer horizons and full trust,",
        ),
        (
            [["trust", *pair] for pair in (["budget", "outside"], ["outside", "division"])],
            "with full trust and no way to go it alone and either larger budgets or side payments",
        ),
        (
            [["trust", "horizon", "budget"], ["trust", "outside", "division"]],
            "with full trust and two more changes, such as longer horizons and larger budgets,",
        ),
    ],
)
def test_what_would_have_helped(remedies: list[list[str]], words: str) -> None:
    assert helped([tuple(one) for one in remedies]) == words


def test_every_friction_has_a_remedy() -> None:
    assert set(REMEDY_WORDS) == set(FRICTIONS)


def test_some_of_the_parties() -> None:
    assert some(["A"], 3) == "A"
    assert some(["A", "B"], 2) == "both"
    assert some(["A", "B", "C"], 3) == "all"
    assert some(["A", "B", "C"], 5) == "A, B and C"
    assert some(["A", "B", "C", "D"], 6) == "4 of 6"
    assert some(["A"], 1) == "A"


def test_every_failed_good_work_is_told_once(council: Told) -> None:
    model, witness = council
    found = failures(witness, model.projects)
    assert {one.code for one in found} == {one.code for one in model.projects if one.causes}
    assert len(found) == model.losses()["not_built"]
    assert [one.year for one in found] == sorted(one.year for one in found)
    assert sum(one.first_best for one in found) <= model.losses()["first_best"]
    for one in found:
        assert one.sentence.startswith(f"Year {one.year}: the ")
        assert one.sentence.endswith(".")
        assert sum(one.causes.values()) == pytest.approx(1)


def test_who_refused_the_last_draft(council: Told) -> None:
    model, witness = council
    checked = 0
    for one in failures(witness, model.projects):
        if not set(one.causes) & set(FRICTIONS):
            continue
        project = next(p for p in model.projects if p.code == one.code)
        parties = len(project.parties)
        votes = [e for e in witness if e.event == "voted" and e.project == one.code][-parties:]
        names = [model.government(str(e.government)).name for e in votes if e.amount == 0.0]
        assert f"; {some(names, parties)} refused; with " in one.sentence
        assert one.sentence.endswith(" it would have passed.")
        checked += 1
    assert checked > 5


def test_broken_promises_are_told(council: Told) -> None:
    told = [one.sentence for one in failures(council[1], council[0].projects)]
    assert any(", and nobody paid." in sentence for sentence in told)


def test_a_coordinator_that_errs() -> None:
    model, witness = run("empowered_board", 7, years=12, bar=2.0)
    found = failures(witness, model.projects)
    assert found
    for one in found:
        assert one.causes == {"judgement": 1.0}
        assert " is refused; the coordinator put its benefits at " in one.sentence
    news = [line.news for line in story(model, witness)]
    assert any(line.startswith("refused, benefits put at") for line in news)
    assert any(line.endswith("a good work lost") for line in news)


def test_what_nobody_talked_about() -> None:
    model, witness = run("none", 7, years=8, own_talks=0.0)
    found = failures(witness, model.projects)
    assert found
    assert all(one.sentence.endswith("; no meeting ever got to it.") for one in found)


def test_a_cascade_of_broken_promises() -> None:
    model, witness = run("advisory_council", 9)
    told = [one.sentence for one in failures(witness, model.projects)]
    assert any(one.endswith(" stopped paying first.") for one in told)


def test_tied_projects_fail_together() -> None:
    model, witness = run("advisory_council", 3, years=25, linkage=3)
    told = [one.sentence for one in failures(witness, model.projects)]
    assert len(told) == model.losses()["not_built"]
    assert list(story(model, witness))


def test_a_vote_that_was_taken_over() -> None:
    model = kn.RegionModel("mekong_delta", "lga", rng=1, years=6)
    witness = Witness.of(model)
    for government in model.governments:
        model.take_over(government.code, vote=lambda government, motion: False)
    while not model.is_over:
        model.step()
    told = [one.sentence for one in failures(witness, model.projects)]
    assert any("refused; somebody else had cast a vote." in one for one in told)


def test_the_story(council: Told) -> None:
    model, witness = council
    lines = list(story(model, witness))
    assert [line.year for line in lines] == sorted(line.year for line in lines)
    assert {line.code for line in lines} <= {project.code for project in model.projects}
    for word in ("signed", "talks fail, ", "fails for good; ", "builds alone", "opens"):
        assert any(word in line.news for line in lines), word
    assert all(";;" not in line.news and line.news for line in lines)


def test_works_sent_back_and_kept_off_the_agenda() -> None:
    settings = {"agenda": "coordinator", "veto_points": 2, "send_back": 0.4, "bar": 1.5}
    model, witness = run("conditional_funding", 2, years=12, **settings)
    lines = [line.news for line in story(model, witness)]
    for words in (
        "approval 1 given",
        "sent back at approval 2",
        "kept off the agenda, benefits put",
    ):
        assert any(words in news for news in lines), words
    told = [one.sentence for one in failures(witness, model.projects)]
    assert any(one.endswith("who had to approve it sent it back.") for one in told)
    assert any(one.endswith("who sets the agenda kept it off the table.") for one in told)


def test_turnovers(council: Told) -> None:
    model, witness = council
    told = turnovers(witness, len(model.governments))
    assert 1 not in told
    assert told[6] == "7 new leaders"
    everywhere = run("none", 1, years=6, renewal=0.0)
    assert turnovers(everywhere[1], 13)[6] == "new leaders everywhere"


def test_a_change_of_law_heads_its_year() -> None:
    model, witness = run("none", 1, years=6, renewal=0.0, changes="6 lga")
    assert (
        headings(model, witness)[6]
        == "from now on: Local government association, new leaders everywhere"
    )
    assert 1 not in headings(model, witness)
    assert model.coordinator.institution.name == "lga"


def test_told_events_exist() -> None:
    assert set(TOLD) <= set(events.NAMES.values())


def test_who_joins_and_leaves_heads_the_year() -> None:
    model, witness = run("conditional_funding", 2, membership="voluntary")
    told = memberships(model, witness)
    for year, words in told.items():
        assert headings(model, witness)[year].endswith(words)
        for event, verb in (("joined", "join"), ("left", "leave")):
            who = [e for e in witness if e.event == event and e.year == year]
            assert (verb in words) == bool(who)
    assert any(words.count("the body") == 2 for words in told.values())


def test_a_work_of_an_outsider_is_talked_about_without_the_body() -> None:
    model, witness = run("lga", 2, membership="voluntary")
    apart = {
        (line.year, line.code) for line in story(model, witness) if "without the body" in line.news
    }
    assert apart
    outside = outsiders_of(model)
    hosts = {project.code: project.first[0] for project in model.projects}
    assert any(hosts[code] in outside[year] for year, code in apart)
    inside = [line for line in story(model, witness) if (line.year, line.code) not in apart]
    failed = [line for line in inside if line.news.startswith("talks fail")]
    assert not any(hosts[line.code] in outside[line.year] for line in failed)


def test_who_is_outside_is_named_where_others_sign() -> None:
    model, witness = run("consensus_or_no_money", 3, membership="voluntary")
    outside = outsiders_of(model)
    names = {one.code: one.name for one in model.governments}
    parties = {project.code: project.first for project in model.projects}
    seen = 0
    for line in story(model, witness):
        if line.news.startswith("signed") and "without the body" not in line.news:
            out = [names[code] for code in parties[line.code] if code in outside[line.year]]
            assert (f"; {listed(out)} outside the body" in line.news) == bool(out)
            seen += bool(out)
    assert seen


def test_parties_outside_the_body_are_a_cause() -> None:
    seen = set()
    for seed in range(1, 9):
        model, witness = run("lga", seed, membership="voluntary")
        for one in failures(witness, model.projects):
            if "membership" in one.causes:
                assert "with all parties in the body" in one.sentence
                seen.add(len(one.causes) > 1)
    assert seen


def test_a_merger_is_told_and_the_story_goes_on() -> None:
    model, witness = run("advisory_council", 3, changes="12 empowered_board", mergers="15 92 93 94")
    assert headings(model, witness)[15].startswith("2 governments less, merged")
    lines = list(story(model, witness))
    assert {line.year for line in lines} >= {11, 16}
    told = failures(witness, model.projects)
    assert all(failure.sentence for failure in told)
    for line in lines:
        for few, of in re.findall(r"(\d+) of (\d+)", line.news):
            assert int(few) < int(of)


def test_a_work_keeps_its_name_when_its_parties_merge() -> None:
    early, late = (
        run("advisory_council", 3, mergers=mergers)[0] for mergers in ("", "15 82 87 80 92")
    )
    before = [called(project) for project in early.projects if project.year < 15]
    assert [called(project) for project in late.projects if project.year < 15] == before
