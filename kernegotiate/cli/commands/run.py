"""`run`: one institution once, with its story."""

from argparse import Namespace
from typing import Any

from kernegotiate.cli.output import Answer
from kernegotiate.cli.progress import tell_if_cold
from kernegotiate.cli.run_folder import OUTCOMES, check_folder, write_run
from kernegotiate.cli.settings import read_settings
from kernegotiate.scenario import ScenarioError, remarks, resolve

LEAF = "vote.weigh_vote"  # what the model, unlike the ensemble, needs compiled


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate run SCENARIO`."""
    settings = read_settings(arguments.settings)
    if arguments.years is not None:
        if "years" in settings:
            raise ScenarioError("years: found --years and --set years=, allowed is one of them")
        settings["years"] = arguments.years
    scenario, institution = resolve(arguments.scenario, arguments.coordinator, **settings)
    folder = None if arguments.out is None else check_folder(arguments.out)
    tell_if_cold(LEAF)
    from kernegotiate.agents import RegionModel
    from kernegotiate.agents.refusals import Witness
    from kernegotiate.cli.run_report import Told

    model = RegionModel(scenario, institution, arguments.seed)
    witness = Witness.of(model)
    while not model.is_over:
        model.step()
    told = Told.of(model, witness)
    notes = tuple(remarks(scenario, institution, settings))
    head: dict[str, Any] = {
        "scenario": scenario.name,
        "institution": institution.name,
        "settings": settings,
        "seed": arguments.seed,
        "currency": scenario.region.currency,
        "remarks": notes,
    }
    if folder:
        if (folder / OUTCOMES).exists():
            notes = (*notes, f"It replaces the run that was in {folder}.")
        write_run(folder, model, head | told.figures())
    return Answer(lambda: head | told.data(), lambda: (*notes, *told.blocks(settings, folder)))
