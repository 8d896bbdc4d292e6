"""Hold facts against the model: simulate all their arms over the box, and judge."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kernegotiate.analysis.blocks import blocks
from kernegotiate.analysis.estimators import Estimate
from kernegotiate.analysis.results import Results
from kernegotiate.analysis.validation.arms import Arms, asked_by
from kernegotiate.analysis.validation.box import Box
from kernegotiate.analysis.validation.fact import Fact, FactPart
from kernegotiate.analysis.validation.files import load_facts, load_targets
from kernegotiate.analysis.validation.judging import Found, answer
from kernegotiate.analysis.validation.measure import Measure
from kernegotiate.analysis.validation.rankings import Ranking, Standing, stand
from kernegotiate.batch.executors import Executor, Threads
from kernegotiate.batch.factor import parameter
from kernegotiate.batch.plan import Cell, Plan
from kernegotiate.batch.runner import run
from kernegotiate.batch.simulation import Progress, whole
from kernegotiate.batch.store import Store, Tell
from kernegotiate.scenario import ScenarioError, load_institution, load_scenario
from kernegotiate.scenario.arguments import check_flags, shown

SCENARIO = "mekong_delta"
POINTS, RUNS, SEED = 256, 100, 1


@dataclass(frozen=True, eq=False)
class Validation:
    """What the model says to facts.

    Attributes:
        facts: The facts, in the order asked for.
        box: The points.
        answers: One row a point, fact and part: `fact`, `part` (its number), `point`, and what
            `Found` says.
        ranking: What was ranked, if anything.
        standings: One row a point and measure: `measure`, `point`, `best`, `ahead`, and a column
            for each switch.
        targets: What bounds the box, if anything.
        matched: Answers to the targets, as `answers`.
        runs: Of each arm at each point.
        seed: Of sample and draws.
        settings: What was set in all arms.
        off: Whether the mechanism of each fact was in its neutral form.
    """

    facts: tuple[Fact, ...]
    box: Box
    answers: pd.DataFrame
    ranking: Ranking | None
    standings: pd.DataFrame
    targets: tuple[Fact, ...]
    matched: pd.DataFrame
    runs: int
    seed: int
    settings: Mapping[str, Any]
    off: bool

    def __repr__(self) -> str:
        """What was held against what, not all of it."""
        facts = f"{len(self.facts)} fact{'' if len(self.facts) == 1 else 's'}"
        return f"<Validation: {facts} at {len(self.box)} points of the box, seed {self.seed}>"


def validate(
    facts: Sequence[str | Path | Fact] = (),
    *,
    ranking: bool | None = None,
    targets: bool | None = None,
    points: int = POINTS,
    runs: int = RUNS,
    seed: int = SEED,
    out: str | Path | None = None,
    resume: bool = False,
    threads: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    off: bool = False,
    settings: Mapping[str, Any] | None = None,
    tell: Tell = warnings.warn,
) -> Validation:
    """Hold facts of the field against the model over the whole plausible box.

    Args:
        facts: Ids of shipped ones, paths of files or folders, or facts; all shipped by default.
        ranking: Also rank the institutions; by default if all shipped facts are asked for.
        targets: Also say which points survive the shipped targets; the same default.
        points: Points of the box, 2 or more; the same for all facts.
        runs: Of each arm at each point, 2 or more; the same draws everywhere.
        seed: Of sample and draws.
        out: Folder that keeps all runs, a dataset as of a batch; a temporary one by default.
        resume: Go on with what is there.
        threads: At most; one for each core by default.
        executor: Who does the work instead of threads.
        progress: Called as `progress(runs done, runs in all)`.
        off: Put the mechanism of each fact into its neutral form: no fact should hold then.
        settings: Values by keyword that hold in all arms: a changed model, held against the same
            facts at the same points. What an arm sets itself goes before.
        tell: Takes a sentence on each file of the folder that is moved aside since it is damaged.

    Raises:
        ScenarioError: A fact, a value or the folder is not allowed.
    """
    check_flags(resume=resume, off=off)
    if isinstance(facts, str | Path | Fact):
        facts = [facts]
    given: Any = facts  # by a call in Python, whatever its types say
    if not isinstance(given, Sequence) or not all(isinstance(x, str | Path | Fact) for x in given):
        raise ScenarioError(f"facts: found {shown(given)}, allowed are ids, paths or facts")
    points, runs, seed = whole("points", points, 2), whole("runs", runs, 2), whole("seed", seed, 0)
    names = [one for one in facts if not isinstance(one, Fact)]
    loaded = [one for one in facts if isinstance(one, Fact)]
    found = [*loaded, *(load_facts(names) if names or not facts else ())]
    asked = [fact for fact in found if fact.parts]
    ranked = Ranking.load() if (not facts if ranking is None else ranking) else None
    bounds = load_targets() if (not facts and not off if targets is None else targets) else []
    changed = dict(settings or {})
    for keyword, value in changed.items():
        parameter(keyword).validate(value)
    wanted = [*asked_by(asked, changed, off=off), *asked_by(bounds, changed, off=False)]
    arms = Arms.of([*wanted, *(ranked.arms(changed) if ranked else ())])
    box = Box.sample(points, seed)
    if not len(arms):
        raise ScenarioError("facts: found none that can be expressed, allowed are one or more")
    how = {"off": off, "settings": changed}
    plan = _plan([*found, *bounds], ranked, arms, box, runs, seed, how)
    with _folder(out) as folder:
        store = run(
            plan,
            folder,
            resume=resume,
            executor=executor or Threads(threads),
            progress=progress,
            tell=tell,
        )
        if failures := Results(store).failures():
            point, why = next(iter(failures.items()))
            raise ScenarioError(f"facts: row {point} of the design cannot be run: {why}")
        answers, standings = _judged(store, [*asked, *bounds], ranked, arms)
    of_bounds = answers["fact"].isin([one.name for one in bounds])
    return Validation(
        facts=tuple(found),
        box=box,
        answers=answers[~of_bounds],
        ranking=ranked,
        standings=standings,
        targets=tuple(bounds),
        matched=answers[of_bounds],
        runs=runs,
        seed=seed,
        settings=changed,
        off=off,
    )


@contextmanager
def _folder(out: str | Path | None) -> Iterator[Path]:
    """Where the runs are kept."""
    if out is not None:
        yield Path(out)
        return
    with tempfile.TemporaryDirectory(prefix="kernegotiate-") as place:
        yield Path(place)


def _plan(
    facts: Sequence[Fact],
    ranking: Ranking | None,
    arms: Arms,
    box: Box,
    runs: int,
    seed: int,
    how: Mapping[str, Any],
) -> Plan:
    """All arms at all points as a batch."""
    scenario = load_scenario(SCENARIO)
    measures = [part.measure for fact in facts for part in fact.parts]
    measures += ranking.measures if ranking else ()
    columns = tuple(dict.fromkeys(name for one in measures for name in one.columns))
    about = {
        "name": "facts",
        "title": "Facts of the field",
        "question": "Which facts of the field does the model reproduce?",
        "facts": [fact.name for fact in facts],
        **how,
        "arms": arms.places,
        "points": len(box),
        "baseline": "none",
        "outcomes": list(columns),
        "claims": [],
        "remarks": [],
    }
    cell = Cell("none", scenario, load_institution("none"))
    return Plan(about, (cell,), arms.design(box, scenario), runs, seed, columns)


def _judged(
    store: Store, facts: Sequence[Fact], ranking: Ranking | None, arms: Arms
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers of all parts, and standings, point after point."""
    answers, standings = [], []
    for point, here in enumerate(_points(store, len(arms))):
        levels = _Levels(here)
        for fact in facts:
            places = arms.places[fact.name]
            for number, part in enumerate(fact.parts):
                own = levels.of(part.measure, {name: places[name] for name in _used(part)})
                answers.append((fact.name, number, point, *answer(part, own)))
        if ranking:
            places = arms.places[ranking.name]
            for measure in ranking.measures:
                standing: Standing = stand(ranking, levels.of(measure, places))
                standings.append(
                    {"measure": measure.words, "point": point, "best": standing.best}
                    | {"ahead": standing.ahead, **standing.still}
                )
    names = ["fact", "part", "point", *Found._fields]
    return pd.DataFrame(answers, columns=names), pd.DataFrame(standings)


def _used(part: FactPart) -> tuple[str, ...]:
    return (*part.arms, *part.others)


class _Levels:
    """Estimates at one point, each made once."""

    def __init__(self, columns: Mapping[str, NDArray[np.float64]]) -> None:
        """Keep the columns, each of shape (arms, runs)."""
        self._columns = columns
        self._known: dict[tuple[str, int], Estimate] = {}

    def of(self, measure: Measure, places: Mapping[str, int]) -> dict[str, Estimate]:
        """A measure by name of arm."""
        return {name: self._one(measure, place) for name, place in places.items()}

    def _one(self, measure: Measure, place: int) -> Estimate:
        key = measure.words, place
        if key not in self._known:
            own = {name: self._columns[name][place] for name in measure.columns}
            self._known[key] = measure.estimate(own)
        return self._known[key]


def _points(store: Store, arms: int) -> Iterator[dict[str, NDArray[np.float64]]]:
    """Columns of all arms at one point after the other, each of shape (arms, runs)."""
    names = store.manifest["outcomes"]
    waiting: dict[str, NDArray[np.float64]] = {}
    for block in blocks(store, names):
        for name, column in block.columns.items():
            waiting[name] = np.vstack([waiting[name], column]) if name in waiting else column
        while len(next(iter(waiting.values()))) >= arms:
            yield {name: column[:arms] for name, column in waiting.items()}
            waiting = {name: column[arms:] for name, column in waiting.items()}
