"""The engine against closed forms; ids are those of the theory list in docs/model.md."""

import pytest

from theory.checks import CHECKS
from theory.players import in_bulk


@pytest.mark.parametrize("name", CHECKS)
def test_theory(name):
    check = CHECKS[name](in_bulk, 20_000 if name != "A2" else 3000)
    assert check.holds, check
