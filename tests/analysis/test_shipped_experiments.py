"""The experiments that ship: each asks a question of the evidence, runs, and is told as it is."""

import re
from pathlib import Path

import pytest

from kernegotiate.analysis import Experiment, Results, experiment_names

ROOT = Path(__file__).parents[2]
README = (ROOT / "experiments" / "README.md").read_text(encoding="utf-8")
EVIDENCE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
MODEL = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
NAMES = experiment_names()
MEASURED = [name for name in NAMES if name != "coordinators"]
VERDICTS = ("holds", "undecided", "does not hold")  # columns of the table in the README


def table(first: str) -> dict[str, list[str]]:
    """Rows of the README's table whose first column has that name, by experiment."""
    (text,) = re.findall(rf"^\| {first} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", README, re.MULTILINE)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    found = {row[0].strip("`"): row[1:] for row in rows}
    assert len(found) == len(rows)
    return found


ASKED = table(r"experiment \| asks")
FOUND = table(r"experiment \| claims that hold \| undecided \| that do not hold")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Results]:
    """The experiments with a design, with three runs of each point."""
    folder = tmp_path_factory.mktemp("shipped")
    loaded = [Experiment.load(name) for name in NAMES]
    return {one.name: one.run(out=folder / one.name, runs=3) for one in loaded if one.design}


def is_told(identifier: str) -> bool:
    """Whether a page says what an id of evidence or theory stands for."""
    if re.fullmatch(r"(E|SF)\d+", identifier):
        return f"\n| {identifier} |" in EVIDENCE
    return any(re.search(rf"\b{identifier}\b", page) for page in (MODEL, README))


def test_the_readme_lists_them_all() -> None:
    assert sorted(ASKED) == sorted(NAMES)
    assert sorted(FOUND) == sorted(MEASURED)


@pytest.mark.parametrize("name", NAMES)
def test_each_asks_one_question(name: str) -> None:
    experiment = Experiment.load(name)
    assert experiment.question.endswith("?")
    assert experiment.question.count("?") == 1
    assert ASKED[name] == [experiment.question]


@pytest.mark.parametrize("name", NAMES)
def test_each_rests_on_evidence(name: str) -> None:
    experiment = Experiment.load(name)
    assert experiment.evidence
    assert 1 <= len(experiment.claims) <= 4
    for ids in (experiment.evidence, *(claim.evidence for claim in experiment.claims)):
        assert ids
        assert [one for one in ids if not is_told(one)] == []


@pytest.mark.parametrize("name", NAMES)
def test_claims_are_sentences(name: str) -> None:
    said = [claim.says for claim in Experiment.load(name).claims]
    assert all(sentence.endswith(".") for sentence in said)
    assert len(set(said)) == len(said)


def test_each_runs_and_measures_its_claims(few: dict[str, Results]) -> None:
    assert sorted(few) == sorted(MEASURED)
    for name, results in few.items():
        experiment = Experiment.load(name)
        assert results.failures() == {}, name
        assert results.outcomes == experiment.outcomes
        measured = results.claims()
        assert [one.claim for one in measured] == list(experiment.claims)
        for claim in measured:
            assert claim.verdict in VERDICTS
        assert {*results.summary()["outcome"]} == {*experiment.outcomes}
        assert len(results.effects())


def test_every_factor_changes_something(few: dict[str, Results]) -> None:
    """A lever that waits for another one would look as if it had no effect."""
    for name, results in few.items():
        design = Experiment.load(name).design
        assert design is not None
        levels = results.summary()
        for factor in results.factors:
            others = [one for one in results.factors if one != factor]
            # In a list factors move together; there it is enough that the rows differ.
            held = others if design.kind == "factorial" else []
            # Where nobody coordinates there are no staff to be loyal.
            staffed = levels[(levels["institution"] != "none") | (factor != "staff_loyalty")]
            different = staffed.groupby(["institution", "outcome", *held])["value"].nunique()
            assert (different.groupby("institution").max() > 1).all(), (name, factor)


@pytest.mark.parametrize("name", MEASURED)
def test_the_readme_gives_each_claim_one_verdict(name: str) -> None:
    numbers = [int(number) for number in re.findall(r"\d+", " ".join(FOUND[name]))]
    assert sorted(numbers) == list(range(1, 1 + len(Experiment.load(name).claims)))


@pytest.mark.slow
@pytest.mark.parametrize("name", MEASURED)
def test_the_readme_tells_what_is_found(name: str, tmp_path: Path) -> None:
    """What a third of the runs decides is decided; what is undecided takes all of them."""
    said = {
        int(number): verdict
        for verdict, cell in zip(VERDICTS, FOUND[name], strict=True)
        for number in re.findall(r"\d+", cell)
    }
    experiment = Experiment.load(name)
    runs = experiment.runs if "undecided" in said.values() else experiment.runs // 3
    measured = experiment.run(out=tmp_path, runs=runs).claims()
    assert {number: one.verdict for number, one in enumerate(measured, 1)} == said
