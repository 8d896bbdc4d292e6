"""What would have let a motion pass agrees with the weights of its causes."""

import pytest

import kernegotiate as kn
from kernegotiate.agents.refusals import Witness
from kernegotiate.engine.diagnosis import FRICTIONS


@pytest.mark.parametrize("coordinator", ["advisory_council", "conditional_funding"])
@pytest.mark.parametrize("linkage", [1, 2])
@pytest.mark.parametrize("membership", ["mandatory", "voluntary"])
def test_remedies_have_the_weights_of_the_causes(
    coordinator: str, linkage: int, membership: str
) -> None:
    model = kn.RegionModel(
        "mekong_delta", coordinator, rng=5, years=25, linkage=linkage, membership=membership
    )
    witness = Witness.of(model)
    while not model.is_over:
        model.step()
    checked = 0
    for project in model.projects:
        causes = project.causes
        if not set(causes) & set(FRICTIONS):
            continue
        last = max(year for code, year in witness.refusals if code == project.code)
        sets = witness.refusals[project.code, last].remedies
        told = {
            name: sum(1 / len(one) for one in sets if name in one) / len(sets) for name in FRICTIONS
        }
        told = {name: weight for name, weight in told.items() if weight}
        missing = causes.pop("membership", 0.0)  # one set more, that no ideal stands for
        assert told == pytest.approx({name: part / (1 - missing) for name, part in causes.items()})
        checked += 1
    assert checked > 0


def test_a_witness_changes_nothing() -> None:
    plain, watched = (kn.RegionModel("mekong_delta", "lga", rng=2, years=10) for _ in range(2))
    Witness.of(watched)
    for model in (plain, watched):
        while not model.is_over:
            model.step()
    assert watched.outcomes() == pytest.approx(plain.outcomes(), abs=0, nan_ok=True)
    assert watched.log.table().equals(plain.log.table())
