"""`experiment run`, `status`, `verify` and `show`: a batch on disk, from first run to figures."""

import shlex
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kernegotiate.analysis import Experiment, Results
from kernegotiate.batch.cluster import Cluster
from kernegotiate.batch.executors import Executor, Threads
from kernegotiate.batch.listing import Problem
from kernegotiate.batch.runner import Shard
from kernegotiate.cli import leaving
from kernegotiate.cli.dataset_report import figures
from kernegotiate.cli.output import Answer
from kernegotiate.cli.pairing import precise
from kernegotiate.cli.progress import progress
from kernegotiate.cli.words import counted
from kernegotiate.scenario import ScenarioError

UNSOUND = 1  # exit code, as a shell counts two files that differ
INTERRUPTED = "Interrupted; what is finished is kept, go on with --resume."


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate experiment run|status|verify|show`."""
    if arguments.action == "run":
        return _state(_run(arguments))
    results = Results.open(arguments.folder)
    if arguments.action == "status":
        return _state(results)
    if arguments.action == "verify":
        return _verified(results)
    return figures(results, arguments.outcomes)


def _run(arguments: Namespace) -> Results:
    experiment = Experiment.load(arguments.name)
    shard = Shard.read(arguments.shard) if arguments.shard else None
    if shard and arguments.scheduler:
        raise ScenarioError("--shard: a scheduler shares out the work by itself; leave one out")
    executor: Executor = Threads(arguments.workers)
    if arguments.scheduler:
        executor = Cluster(arguments.scheduler, arguments.workers)
    for sentence in experiment.remarks:
        _tell(sentence)
    # The workers of a cluster are told that nothing more is wanted.
    manner = leaving.in_order() if arguments.scheduler else nullcontext()
    with leaving.saying(INTERRUPTED), manner, progress() as told:
        return experiment.run(
            out=arguments.out,
            resume=arguments.resume,
            runs=arguments.runs,
            seed=arguments.seed,
            precision=arguments.precision,
            executor=executor,
            shard=shard,
            progress=told,
            tell=_tell,
        )


def _tell(sentence: str) -> None:
    """Say something beside the answer."""
    sys.stderr.write(f"{sentence}\n")


def _verified(results: Results) -> Answer:
    """Whether a batch is as it was written."""
    store = results.store
    problems = results.verify()
    sound = _sound(results, problems)
    chunks = store.manifest["chunks"]
    data = {
        "folder": str(store.folder),
        "sound": not problems,
        "chunks": chunks,
        "chunks_sound": len(sound),
        "problems": [{"file": one.file, "problem": str(one)} for one in problems],
    }

    def blocks() -> Iterator[str]:
        for problem in problems:
            yield f"{problem}."
        parts = f"{len(sound):,} of {counted(chunks, 'part')}"
        if problems:
            wrong = counted(len(problems), "problem")
            yield f"{wrong}; {parts} there and sound. {_how_to_go_on(store.folder)}"
        else:
            yield f"Nothing is wrong: {parts} there, and all that is there is as it was written."

    return Answer(lambda: data, blocks, code=UNSOUND if problems else 0)


def _sound(results: Results, problems: list[Problem]) -> set[int]:
    """Chunks that are there as they were written."""
    return results.store.done().difference(*(one.chunks for one in problems))


def _how_to_go_on(folder: Path) -> str:
    place = shlex.quote(str(folder))
    return f"Go on: kernegotiate experiment run NAME --out {place} --resume"


def _state(results: Results) -> Answer:
    """How far a batch is."""
    store = results.store
    problems = results.verify()
    manifest, done = store.manifest, len(_sound(results, problems))
    achieved, further = (None, 0) if problems else (results.achieved, results.further)
    told: dict[str, Any] | None = None
    if results.precision:
        told = {"asked": results.precision.half, "outcomes": results.precision.outcomes}
        told |= {"reached": None} if achieved is None else asdict(achieved)
    data = {
        "experiment": manifest["experiment"]["name"],
        "folder": str(store.folder),
        "finished": done == manifest["chunks"] and not further and not problems,
        "chunks": manifest["chunks"],
        "chunks_done": done,
        "points": manifest["points"],
        "runs": manifest["runs"],
        "replications": results.replications,
        "precision": told,
        "failed_points": {} if problems else results.failures(),
        "problems": [str(problem) for problem in problems],
        "remarks": manifest["experiment"].get("remarks", []),
        "content": manifest["content"],
        "engine": manifest["engine"],
    }

    def blocks() -> Iterator[str]:
        points, runs = counted(data["points"], "point"), counted(data["runs"], "run")
        yield f"{manifest['experiment']['title'] or data['experiment']}: {points}, {runs}."
        if problems:
            more = f", and {counted(len(problems) - 1, 'more problem')}" if problems[1:] else ""
            yield f"{problems[0]}{more}: kernegotiate experiment verify names all."
        if not data["finished"]:
            more = f", and {counted(further, 'further run')} of each point to do" if further else ""
            chunks = counted(manifest["chunks"], "chunk")
            yield f"{done:,} of {chunks} are there{more}. {_how_to_go_on(store.folder)}"
        else:
            yield (
                f"Finished: {store.folder / 'parts'}. "
                f"What it says: kernegotiate experiment show {shlex.quote(str(store.folder))}"
            )
        if achieved:
            yield precise(achieved)
        elif told:
            yield f"Half of each interval is to be at most {told['asked']:g}."
        failed = data["failed_points"]
        if failed:
            first = next(iter(failed))
            yield (
                f"{counted(len(failed), 'point')} could not be run, such as point {first}: "
                f"{failed[first]}"
            )

    return Answer(lambda: data, blocks)
