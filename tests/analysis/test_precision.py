"""Runs until the intervals are narrow: in memory and on disk, interrupted or not."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate import ScenarioError
from kernegotiate.analysis import Precision, Results
from kernegotiate.analysis.precision import LEAST
from kernegotiate.batch.executors import Threads
from kernegotiate.batch.store import Store

TEXT = """\
title = "Small"
question = "What?"
scenario = "mekong_delta"
institutions = ["advisory_council", "lga"]
replications = 20
seed = 2
set = { years = 6 }
outcomes = ["completion_rate", "welfare"]
[design]
kind = "factorial"
[[design.factors]]
name = "trust"
values = [0.3, 0.6]
"""
HALF = 0.02


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> kn.Experiment:
    path = tmp_path_factory.mktemp("precise") / "small.toml"
    path.write_text(TEXT, encoding="utf-8")
    return kn.Experiment.load(path)


@pytest.fixture(scope="module")
def precise(experiment: kn.Experiment, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return experiment.run(out=tmp_path_factory.mktemp("out") / "a", precision=HALF)


def test_compare_adds_runs_until_it_is_precise() -> None:
    question = {"scenario": "mekong_delta", "coordinators": ["none", "lga"], "years": 5}
    loose = kn.compare(runs=20, **question)
    found = kn.compare(runs=20, precision=HALF, **question)
    runs = len(found.runs["lga"].outcomes)
    wanted = Precision.of(HALF)
    reached = [one.achieved(wanted).reached for one in (loose, found)]
    assert reached[0] > HALF >= reached[1]
    assert runs > LEAST
    at_once = kn.compare(runs=runs, **question)
    pd.testing.assert_frame_equal(found.differences, at_once.differences)
    assert found.runs["lga"].outcomes.equals(at_once.runs["lga"].outcomes)


def test_a_batch_adds_rounds_until_it_is_precise(precise: Results) -> None:
    rounds = precise.store.cut.runs
    assert len(rounds) > 1
    assert rounds[0] == 20
    assert precise.achieved
    assert precise.achieved.reached <= HALF
    assert precise.achieved.of == "differences"
    rows = precise.rows().sort_values(["point", "run"], kind="stable")
    assert (
        rows.groupby("point")["run"]
        .apply(list)
        .map(lambda runs: runs == list(range(sum(rounds))))
        .all()
    )


def test_rounds_are_what_so_many_runs_at_once_would_be(
    experiment: kn.Experiment, precise: Results, tmp_path: Path
) -> None:
    at_once = experiment.run(out=tmp_path / "b", runs=precise.replications)
    pd.testing.assert_frame_equal(at_once.summary(), precise.summary())
    pd.testing.assert_frame_equal(at_once.effects(), precise.effects())


@pytest.mark.parametrize("institutions", ['"advisory_council"', '"advisory_council", "lga"'])
def test_arms_do_not_count_on_disk_as_in_memory(tmp_path: Path, institutions: str) -> None:
    text = TEXT[: TEXT.index("[design]")].replace('"advisory_council", "lga"', institutions)
    arm = '[[arms]]\nname = "other"\ninstitution = "none"\nset = { trust = 0.9 }\n'
    (tmp_path / "arm.toml").write_text(text + arm, encoding="utf-8")
    experiment = kn.Experiment.load(tmp_path / "arm.toml")
    results = experiment.run(out=tmp_path / "out", precision=HALF)
    found = experiment.run(runs=20, precision=HALF)
    there, here = (
        results.achieved,
        found.comparison.achieved(Precision.of(HALF, ["completion_rate"])),
    )
    assert there
    assert (there.of, there.runs) == (here.of, here.runs)
    assert there.of == ("differences" if "lga" in institutions else "levels")
    assert there.reached == pytest.approx(here.reached, rel=1e-9)


def test_each_chunk_is_read_once(precise: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    read, usual = [], Store.table
    monkeypatch.setattr(
        Store, "table", lambda self, chunk, *rest: read.append(chunk) or usual(self, chunk, *rest)
    )
    precise.summary()
    assert sorted(read) == list(range(precise.store.cut.chunks))


@pytest.mark.parametrize("after", [1, 6, 17])
def test_interrupted_in_any_round(
    experiment: kn.Experiment, precise: Results, tmp_path: Path, after: int
) -> None:
    seen = 0

    def stop(*_: int) -> None:
        nonlocal seen
        seen += 1
        if seen > after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        experiment.run(out=tmp_path / "c", precision=HALF, executor=Threads(1), progress=stop)
    again = experiment.run(out=tmp_path / "c", precision=HALF, resume=True)
    assert again.store.manifest == precise.store.manifest
    for path in sorted((precise.store.folder / "parts").iterdir()):
        assert (again.store.folder / "parts" / path.name).read_bytes() == path.read_bytes()


def test_another_precision_is_refused(experiment: kn.Experiment, precise: Results) -> None:
    says = r"made with precision 0\.02 \(.*\), and found precision 0\.01 \(.*completion_rate\)"
    with pytest.raises(ScenarioError, match=says):
        experiment.run(out=precise.store.folder, precision=HALF / 2, resume=True)
    with pytest.raises(ScenarioError, match=r"precision 0\.02 \(0\.95 .*0\.02 \(0\.9 "):
        experiment.run(out=precise.store.folder, precision=HALF, confidence=0.9, resume=True)
    with pytest.raises(ScenarioError, match=r"made with precision 0\.02 \(.*found no precision"):
        experiment.run(out=precise.store.folder, shard="1/1")


def test_resumed_as_it_was_begun(experiment: kn.Experiment, tmp_path: Path) -> None:
    begun = experiment.run(out=tmp_path / "e", runs=7, seed=9, precision=0.1)
    (tmp_path / "e" / "parts" / "part-0000000.parquet").unlink()
    assert Results.open(tmp_path / "e").missing == 1
    again = experiment.run(out=tmp_path / "e", resume=True)
    assert again.missing == 0
    assert again.store.manifest == begun.store.manifest
    assert (again.store.manifest["seed"], again.store.cut.runs[0]) == (9, 7)
    with pytest.raises(ScenarioError, match="other seed"):
        experiment.run(out=tmp_path / "e", seed=8, resume=True)


def test_a_plain_batch_can_be_narrowed(
    experiment: kn.Experiment, precise: Results, tmp_path: Path
) -> None:
    plain = experiment.run(out=tmp_path / "f")
    assert (plain.precision, plain.achieved, plain.further) == (None, None, 0)
    narrowed = experiment.run(out=tmp_path / "f", precision=HALF, resume=True)
    assert narrowed.store.manifest == precise.store.manifest
    pd.testing.assert_frame_equal(narrowed.rows(), precise.rows())
    with pytest.raises(ScenarioError, match="other seed, precision"):
        experiment.run(out=plain.store.folder, seed=8, precision=HALF / 2, resume=True)


def test_a_shard_cannot_know(experiment: kn.Experiment, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="precision: needs all runs at hand"):
        experiment.run(out=tmp_path / "d", precision=HALF, shard="1/2")


@pytest.mark.parametrize("value", [0, 1, -0.1, math.nan, "0.1", True])
def test_what_is_no_precision(value: object) -> None:
    with pytest.raises(ScenarioError, match="precision: found"):
        Precision.of(value)


@pytest.mark.parametrize("value", [0, 1.5, math.nan, "0.9", True])
def test_what_is_no_confidence(experiment: kn.Experiment, tmp_path: Path, value: float) -> None:
    with pytest.raises(ScenarioError, match="confidence: found"):
        Precision.of(0.1, confidence=value)
    with pytest.raises(ScenarioError, match="confidence: found"):
        experiment.run(out=tmp_path / "g", confidence=value)
    assert not (tmp_path / "g").exists()


def test_numbers_of_numpy_are_numbers() -> None:
    assert Precision.of(np.float64(0.25), confidence=np.float32(0.5)) == Precision.of(
        0.25, confidence=0.5
    )


def test_what_is_shown_in_percent_is_a_share() -> None:
    named = ["mean_trust", "welfare", "inequality", "duplication_waste", "signed"]
    shares = ("mean_trust", "inequality", "duplication_waste")
    assert Precision.of(0.01, named).outcomes == shares


def test_money_has_no_such_precision() -> None:
    with pytest.raises(ScenarioError, match="none of welfare is"):
        Precision.of(0.01, ["welfare"])


def test_further_runs() -> None:
    wanted = Precision.of(0.01)
    assert wanted.further(100, 0.01) == 0
    assert wanted.further(1000, 0.012) == 584  # 1.1 x 1.44 times as many
    assert wanted.further(100, 0.5) == 300  # four times as many at most
    assert Precision(0.01, ("x",), most=150).further(100, 0.5) == 50
    assert Precision(1e-300, ("x",)).further(100, 0.5) == 300


@pytest.mark.parametrize("reached", [0.0, 0.5, math.nan])
def test_few_runs_are_not_believed(reached: float) -> None:
    assert Precision.of(0.01).further(1, reached) == LEAST - 1
    assert Precision.of(0.01).further(LEAST - 1, reached) == 1
    assert Precision(0.01, ("x",), most=50).further(60, reached) == 0


def table(*rows: tuple[float, float]) -> pd.DataFrame:
    """Effects by half the width of their interval, and what pairing saved of the variance."""
    made = [
        {"point": number, "outcome": "x", "low": -half, "high": half, "saved": saved}
        for number, (half, saved) in enumerate(rows)
    ]
    return pd.DataFrame(made)


def test_undefined_intervals_are_told() -> None:
    wanted = Precision(0.01, ("x",))
    found = wanted.achieved(100, table((0.02, 0.5), (math.nan, math.nan)), pd.DataFrame)
    assert (found.reached, found.undefined) == (0.02, 1)
    nothing = wanted.achieved(100, table((math.nan, math.nan)), pd.DataFrame)
    assert math.isnan(nothing.reached)
    assert nothing.undefined == 1
    assert wanted.further(100, nothing.reached) == 0


def test_unpaired_runs() -> None:
    def unpaired(*rows: tuple[float, float]) -> int | None:
        return Precision(0.01, ("x",)).achieved(100, table(*rows), pd.DataFrame).unpaired

    assert unpaired((0.01, 0.75)) == 400
    assert unpaired((0.01, 0.75), (1e-18, 1.0), (0.0, math.nan)) == 400
    assert unpaired((1e-18, 1.0)) is None  # they differ by rounding alone
    assert unpaired((0.0, math.nan)) is None
    levels = Precision(0.01, ("x",)).achieved(100, pd.DataFrame(), lambda: table((0.03, 0.0)))
    assert (levels.of, levels.reached, levels.unpaired) == ("levels", 0.03, None)


ROUNDING = """\
title = "Nothing differs"
question = "What?"
scenario = "mekong_delta"
institutions = ["lga"]
replications = 1
set = { years = 6 }
[design]
kind = "factorial"
[[design.factors]]
name = "budget_share"
values = [0.02, 0.1]
[[design.factors]]
name = "trust"
values = [0.3, 0.6]
"""


def test_a_single_run_at_first_and_what_differs_by_rounding(tmp_path: Path) -> None:
    (tmp_path / "same.toml").write_text(ROUNDING, encoding="utf-8")
    results = kn.Experiment.load(tmp_path / "same.toml").run(out=tmp_path / "out", precision=0.05)
    assert results.store.cut.runs[:2] == (1, LEAST - 1)
    assert results.achieved
    assert 0 < results.achieved.reached <= 0.05


NEVER = """\
title = "Never"
question = "What?"
scenario = "mekong_delta"
institutions = ["lga"]
replications = 3
set = { years = 1, rate = 0 }
outcomes = ["completion_rate"]
"""


def test_what_is_never_defined_ends(tmp_path: Path) -> None:
    (tmp_path / "never.toml").write_text(NEVER, encoding="utf-8")
    results = kn.Experiment.load(tmp_path / "never.toml").run(out=tmp_path / "out", precision=0.1)
    assert results.store.cut.runs == (3, LEAST - 3)
    assert results.achieved
    assert math.isnan(results.achieved.reached)


def test_what_the_file_says_of_runs_may_not_change(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(TEXT, encoding="utf-8")
    kn.Experiment.load(path).run(out=tmp_path / "file", shard="1/2")
    kn.Experiment.load(path).run(out=tmp_path / "asked", runs=30, seed=9, shard="1/2")
    path.write_text(TEXT.replace("replications = 20", "replications = 25"), encoding="utf-8")
    edited = kn.Experiment.load(path)
    with pytest.raises(ScenarioError, match="other replications"):
        edited.run(out=tmp_path / "file", resume=True)
    results = edited.run(out=tmp_path / "asked", resume=True)
    assert (results.replications, results.store.manifest["seed"]) == (30, 9)


def test_a_whole_number_too_large_for_a_float_is_refused():
    from kernegotiate.analysis.precision import Precision
    from kernegotiate.scenario import ScenarioError

    with pytest.raises(ScenarioError, match="precision: found 1000"):
        Precision.of(10**400)
