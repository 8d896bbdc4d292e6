"""Field names must not hide behind methods of NumPy records: plain Python would read those."""

import numpy as np
import pytest

from kernegotiate.engine import layout
from kernegotiate.engine.diagnosis import VALUES
from kernegotiate.engine.outcomes import OUTCOME, TRAJECTORY

RECORDS = {name: value for name, value in vars(layout).items() if isinstance(value, np.dtype)}


@pytest.mark.parametrize(
    "dtype",
    [*RECORDS.values(), OUTCOME, TRAJECTORY, VALUES],
    ids=[*RECORDS, "OUTCOME", "TRAJECTORY", "VALUES"],
)
def test_no_field_is_hidden(dtype):
    assert [name for name in dtype.names if hasattr(np.record, name)] == []
    assert [name for name in dtype.names if hasattr(np.recarray, name)] == []
