"""`experiment run`, `status` and `show`: a batch on disk, from the first run to its figures."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kernegotiate.analysis import Experiment, Results
from kernegotiate.batch.cluster import Cluster
from kernegotiate.batch.executors import Executor, Threads
from kernegotiate.batch.runner import Shard
from kernegotiate.cli import leaving
from kernegotiate.cli.answer import Answer
from kernegotiate.cli.paired import precise
from kernegotiate.cli.points import figures
from kernegotiate.cli.progress import progress
from kernegotiate.cli.words import counted
from kernegotiate.scenario import ScenarioError

INTERRUPTED = "Interrupted; what is finished is kept, go on with --resume."


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate experiment run|status|show`."""
    if arguments.action == "run":
        return _state(_run(arguments))
    results = Results.open(arguments.folder)
    if arguments.action == "status":
        return _state(results)
    return figures(results, arguments.outcomes)


def _run(arguments: Namespace) -> Results:
    experiment = Experiment.load(arguments.name)
    shard = Shard.read(arguments.shard) if arguments.shard else None
    if shard and arguments.scheduler:
        raise ScenarioError("--shard: a scheduler shares out the work by itself; leave one out")
    executor: Executor = Threads(arguments.workers)
    if arguments.scheduler:
        executor = Cluster(arguments.scheduler, arguments.workers)
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
        )


def _state(results: Results) -> Answer:
    """How far a batch is."""
    store = results.store
    manifest, done = store.manifest, len(store.done())
    achieved, further = results.achieved, results.further
    told: dict[str, Any] | None = None
    if results.precision:
        told = {"asked": results.precision.half, "outcomes": results.precision.outcomes}
        told |= {"reached": None} if achieved is None else asdict(achieved)
    data = {
        "experiment": manifest["experiment"]["name"],
        "folder": str(store.folder),
        "finished": done == manifest["chunks"] and not further,
        "chunks": manifest["chunks"],
        "chunks_done": done,
        "points": manifest["points"],
        "runs": manifest["runs"],
        "replications": results.replications,
        "precision": told,
        "failed_points": results.failures(),
        "content": manifest["content"],
        "engine": manifest["engine"],
    }

    def blocks() -> Iterator[str]:
        points, runs = counted(data["points"], "point"), counted(data["runs"], "run")
        yield f"{manifest['experiment']['title'] or data['experiment']}: {points}, {runs}."
        if not data["finished"]:
            more = f", and {counted(further, 'further run')} of each point to do" if further else ""
            yield (
                f"{done:,} of {counted(manifest['chunks'], 'chunk')} are there{more}. Go on: "
                f"kernegotiate experiment run NAME --out {store.folder} --resume"
            )
        else:
            yield (
                f"Finished: {Path(store.folder) / 'parts'}. "
                f"What it says: kernegotiate experiment show {store.folder}"
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
