"""A folder with a table as an office has it, and a region to begin of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kernegotiate.scenario import ScenarioError
from kernegotiate.scenario.starting.columns import Asked
from kernegotiate.scenario.starting.new_region import Made, new_region
from starting_helpers import CITIES, HEADER, text_of


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The table, beside which the tests work, so that messages are short."""
    monkeypatch.chdir(tmp_path)
    path = Path("own.csv")
    path.write_text(text_of(HEADER, *CITIES), encoding="utf-8")
    return path


@pytest.fixture
def make(table: Path) -> Callable[..., Made]:
    """Begin a region in the folder `mine`, of a table if one is given."""

    def begin(*rows: list[str], map_text: str = "", force: bool = False, **asked: Any) -> Made:
        if rows:
            table.write_text(text_of(*rows), encoding="utf-8")
        outlines = Path("own.geojson") if map_text else None
        if outlines:
            outlines.write_text(map_text, encoding="utf-8")
        return new_region(Path("mine"), table, outlines, asked=Asked(**asked), force=force)

    return begin


@pytest.fixture
def refused(make: Callable[..., Made]) -> Callable[..., str]:
    """Why a region cannot be begun; nothing is written then."""

    def told(*rows: list[str], **given: Any) -> str:
        with pytest.raises(ScenarioError) as caught:
            make(*rows, **given)
        assert given.get("force") or not Path("mine").exists()
        return str(caught.value)

    return told
