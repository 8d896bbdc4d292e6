"""What is told of a vote: on what, how, and the figures from which the answer follows."""

from collections import Counter

import pytest

import kernegotiate as kn
from kernegotiate.agents import LocalGovernment
from kernegotiate.agents.questions import Motion
from kernegotiate.engine.decisions.vote import VoteTerms
from viz.ballot import (
    AGAINST,
    FOR,
    afterwards,
    motion,
    questions,
    reasons,
    subject,
    votes,
)
from viz.teller import Tale
from viz.view import View
from viz.weighing import Question, label_of
from viz.words import LANGUAGES, Words, speak
from viz_helpers import last_view_of, model_of, run_of, views_of

ENGLISH = speak("en")


@pytest.fixture(scope="module")
def council() -> View:
    """The end of a run."""
    return last_view_of(run_of("advisory_council"))


def test_one_vote_is_told_for_each_motion_the_last(council: View) -> None:
    for code in council.region.codes:
        cast = [e for e in council.log if e.event == "voted" and e.government == code]
        shown = votes(council, code)
        assert len(shown) == len({(e.year, e.project) for e in cast}) <= len(cast)
        assert [e.year for e in shown] == sorted(e.year for e in shown)
        for event in shown:
            same = [e for e in cast if (e.year, e.project) == (event.year, event.project)]
            assert event is same[-1]
    assert any(votes(council, code) for code in council.region.codes)


def test_nobody_has_voted_at_the_start() -> None:
    start = views_of(run_of("advisory_council"))[0]
    assert [votes(start, code) for code in start.region.codes] == [[]] * 13


@pytest.mark.parametrize("words", [ENGLISH, speak("vi")], ids=LANGUAGES)
@pytest.mark.parametrize("coordinator", ["advisory_council", "consensus_or_no_money"])
def test_the_bars_are_the_terms_and_add_up(coordinator: str, words: Words) -> None:
    view = last_view_of(run_of(coordinator, foresight=0.0))
    seen: set[str] = set()
    for event in [e for code in view.region.codes for e in votes(view, code)]:
        option = reasons(event.terms, words, 12)
        labels = option["yAxis"]["data"]
        values = [bar["value"] for bar in option["series"][0]["data"]]
        assert sum(values) == pytest.approx(event.terms.honest, abs=0.05)
        drawn = dict(zip(labels, values, strict=True))
        for name in (*FOR, *AGAINST):
            value = getattr(event.terms, name) * (1 if name in FOR else -1)
            label = label_of(words.terms[name], value, words)
            assert drawn.pop(label, 0.0) == pytest.approx(value, abs=0.006)
            seen |= {name} if value else set()
        assert drawn == {}
    assert seen >= {"benefit", "credit", "dues", "transaction"}


def figure(text: str, words: Words) -> float:
    """The number that is written there."""
    plain = text.replace(words.thousands_mark, "").replace(words.decimal_mark, ".")
    return float(plain.replace("\N{MINUS SIGN}", "-"))


def derived(asked: list[Question], words: Words) -> str:
    """How a government votes, by nothing but what is shown of its questions."""
    if asked[0].text == words.signing_question:  # it foresees what it will do: a single question
        [question] = asked
        signing, saying_no = (figure(number, words) for _, number in question.figures)
        assert (signing >= saying_no) == (question.answer != words.too_little)
        if signing < saying_no or question.answer == words.no_room:
            return "no"
        return "meant" if question.figures[0][0] == words.keeping else "on paper"
    for question, answer in zip(asked, ("meant", "on paper"), strict=False):
        signing, saying_no = (figure(number, words) for _, number in question.figures)
        ahead = signing >= saying_no if answer == "meant" else signing > saying_no
        assert ahead == (question.answer not in (words.too_little, words.not_more))
        if ahead and question.answer != words.no_room:
            assert question is asked[-1]
            return answer
    assert len(asked) == 2
    return "no"


def ruled(terms: VoteTerms) -> str:
    """How a government votes by the rule of the engine."""
    if terms.foresees:
        yes = terms.signing >= terms.fall_back - terms.withheld and terms.dues_fit
        return ("meant" if terms.keeps else "on paper") if yes else "no"
    if terms.honest >= terms.fall_back - terms.withheld and terms.dues_fit:
        return "meant"
    return "on paper" if terms.paper > -terms.withheld else "no"


@pytest.mark.parametrize("foresight", [0.0, 0.5, 1.0])
def test_the_answer_follows_from_the_figures_that_are_shown(foresight: float) -> None:
    seen: Counter[str] = Counter()
    for coordinator in kn.institution_names():
        view = last_view_of(run_of(coordinator, foresight=foresight))
        for event in [e for code in view.region.codes for e in votes(view, code)]:
            answer = ruled(event.terms)
            for words in map(speak, LANGUAGES):
                assert derived(questions(event.terms, words), words) == answer
            assert (answer != "no") == (event.amount > 0.0)
            seen[answer] += 1
    assert seen.keys() == {"meant", "on paper", "no"}
    assert min(seen.values()) > 100


@pytest.mark.parametrize(
    "changes",
    [
        {"dues_fit": False},
        {"dues_fit": False, "paper": -1.0},
        {"honest": 30.0},
        {"honest": 29.9999, "paper": 0.0001},
        {"honest": 29.9999, "paper": 0.0},
        {"honest": 29.6, "paper": -0.3},
        {"withheld": 10.0, "honest": 20.0},
        {"withheld": 10.0, "honest": 19.7, "paper": -9.9},
        {"withheld": 10.0, "honest": 19.7, "paper": -10.0},
    ],
    ids=str,
)
def test_the_answer_follows_however_close(changes: dict[str, float], council: View) -> None:
    event = next(e for e in council.log if e.event == "voted")
    known = {"honest": 50.0, "paper": 5.0, "fall_back": 30.0, "withheld": 0.0, "dues_fit": True}
    known["foresees"] = False
    given = known | changes
    meant = given["honest"] >= given["fall_back"] - given["withheld"] and given["dues_fit"]
    terms = event.terms._replace(**given, earnest=meant)
    asked = questions(terms, ENGLISH)
    assert derived(asked, ENGLISH) == ruled(terms)
    labels = [label for question in asked for label, _ in question.figures]
    less = ENGLISH.less_transfers.format(answer="")
    assert [label.endswith(less) for label in labels] == (
        [False, terms.withheld > 0.0] * len(asked)
    )


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"keeps": False},
        {"dues_fit": False},
        {"signing": 30.0},
        {"signing": 29.9999},
        {"withheld": 10.0, "signing": 20.0},
        {"withheld": 10.0, "signing": 19.7, "keeps": False},
    ],
    ids=str,
)
def test_the_answer_of_who_foresees_follows_however_close(
    changes: dict[str, float], council: View
) -> None:
    event = next(e for e in council.log if e.event == "voted")
    known = {"signing": 50.0, "keeps": True, "fall_back": 30.0, "withheld": 0.0, "dues_fit": True}
    terms = event.terms._replace(**(known | changes), foresees=True)
    asked = questions(terms, ENGLISH)
    assert derived(asked, ENGLISH) == ruled(terms)
    less = ENGLISH.less_transfers.format(answer="")
    assert asked[0].figures[1][0].endswith(less) == (terms.withheld > 0.0)


@pytest.mark.parametrize("linkage", [1, 2, 4])
def test_a_vote_names_all_works_of_its_motion(linkage: int) -> None:
    run = run_of("advisory_council", linkage=linkage)
    model, put = model_of(run), {}

    def as_ever(government: LocalGovernment, matter: Motion) -> bool:
        put[matter.year, government.code, matter.projects[0].code] = matter.projects
        return bool(matter.terms.yes)

    for government in model.governments:
        model.take_over(government.code, vote=as_ever)
    while not model.is_over:
        model.step()
    view, sizes, seen = last_view_of(run), set(), set()
    for code in view.region.codes:
        for event in votes(view, code):
            works = motion(view, event)
            asked = put[event.year, code, event.project]
            assert [work.code for work in works] == [project.code for project in asked]
            told_of = subject(view, event, ENGLISH)
            assert all(Tale(view, work, [event], ENGLISH).name in told_of for work in works)
            assert told_of.endswith(ENGLISH.package.format(works="")) == (len(works) > 1)
            sizes.add(len(works))
            seen.add((event.year, code, event.project))
    assert seen == put.keys()
    assert sizes == set(range(1, max(sizes) + 1))
    assert min(linkage, 2) <= max(sizes) <= linkage


def test_what_became_of_a_promise_and_whose_vote_it_was(council: View) -> None:
    broken = {(e.government, e.project): e.year for e in council.log if e.event == "reneged"}
    seen = set()
    for code in council.region.codes:
        starts = [e.year for e in council.log if e.event == "took_office" and e.government == code]
        for vote in votes(council, code):
            told = afterwards(council, vote, ENGLISH)
            assert (ENGLISH.predecessor in told) == (max(starts) > vote.year)
            year = broken.get((code, vote.project), 0)
            assert (ENGLISH.broke.format(year=year) in told) == (year >= vote.year)
            if ENGLISH.kept in told:
                number = council.numbers[code]
                assert number in council.works[str(vote.project)].inside
            seen |= {text.partition(" in ")[0] for text in told}
    assert len(seen) == 3


@pytest.mark.parametrize("words", [ENGLISH, speak("vi")], ids=LANGUAGES)
def test_who_foresees_its_conduct_asks_itself_one_question(words: Words) -> None:
    """Its figures decide, its bars add up to what signing is worth, and it says what it will do."""
    view = last_view_of(run_of("advisory_council", foresight=1.0))
    seen: Counter[bool] = Counter()
    for event in [e for code in view.region.codes for e in votes(view, code)]:
        terms = event.terms
        [asked] = questions(terms, words)
        (what, signing), (_, saying_no) = asked.figures
        enough = figure(signing, words) >= figure(saying_no, words)
        assert (enough and terms.dues_fit) == (event.amount > 0.0)
        assert what == (words.keeping if terms.keeps else words.terms["paper"])
        bars = reasons(terms, words, 12)["series"][0]["data"]
        assert sum(bar["value"] for bar in bars) == pytest.approx(terms.signing, abs=0.06)
        seen[terms.keeps] += event.amount > 0.0
    assert min(seen.values()) > 10


@pytest.mark.parametrize("words", [ENGLISH, speak("vi")], ids=LANGUAGES)
def test_a_declaration_is_told(words: Words) -> None:
    view = last_view_of(run_of("advisory_council", vagueness=1.0))
    declared = [e for e in view.log if e.event == "declared"]
    assert declared
    work = view.works[str(declared[0].project)]
    told = [line.text for line in Tale(view, work, [declared[0]], words).lines()]
    assert told == [Tale(view, work, [declared[0]], words).declaration()]


@pytest.mark.parametrize("words", [ENGLISH, speak("vi")], ids=LANGUAGES)
def test_where_some_are_enough_it_is_told_how_many_declare(words: Words) -> None:
    view = last_view_of(run_of("advisory_council", vagueness=1.0, quota=0.5, declaring_credit=0.05))
    seen: Counter[bool] = Counter()
    for event in (e for e in view.log if e.event == "declared"):
        work = view.works[str(event.project)]
        tale = Tale(view, work, [event], words)
        size, yes = len(work.parties), int(event.amount)
        some = words.sentences.declared_by_some.format(work=tale.name, yes=yes, n=size)
        assert (tale.declaration() == some) == (yes < size)
        seen[yes < size] += 1
    assert min(seen[True], seen[False]) > 0
