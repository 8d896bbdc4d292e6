"""Write the regions that come along; see the package."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.regions import abroad, page_abroad, page_vietnam, vietnam
from tools.regions.declared import Declared, declared
from tools.regions.outlines import (
    Part,
    give_back_islands,
    read_shapes,
    without_rocks,
    write_outlines,
)
from tools.regions.unit import Unit
from tools.regions.writing import scenario, write_table

ROOT = Path(__file__).parents[2]
Shapes = dict[str, list[Part]]


def main() -> int:
    """Write all regions."""
    parser = argparse.ArgumentParser(description="Write the regions that come along.")
    parser.add_argument("--from", dest="folder", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=ROOT / "scenarios", metavar="FOLDER")
    arguments = parser.parse_args()
    try:
        for line in write_all(arguments.folder, arguments.out):
            print(line)
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 1
    return 0


def write_all(folder: Path, out: Path) -> list[str]:
    """Write every region; says what was written, one line each.

    Args:
        folder: The collected figures and outlines.
        out: The folder of scenarios.
    """
    units = {
        "abroad": abroad.units(folder),
        "provinces": vietnam.provinces(folder),
        "units": vietnam.units(folder),
    }
    maps = {
        "abroad": without_rocks(read_shapes(folder / abroad.MAP)),
        "provinces": read_shapes(folder / vietnam.PROVINCES_MAP),
        "units": read_shapes(folder / vietnam.UNITS_MAP),
    }
    give_back_islands(maps["provinces"])
    give_back_islands(maps["units"])
    growth = vietnam.growth(folder)
    return [
        _write(one, picked(one, units[one.of]), maps[one.of], growth, out) for one in declared()
    ]


def picked(region: Declared, units: Sequence[Unit]) -> list[Unit]:
    """The units of a region, by code.

    Raises:
        ValueError: There are fewer than two.
    """
    column, value = region.pick or ("", "")
    found = [one for one in units if not column or one.row[column] == value]
    if len(found) < 2:
        raise ValueError(f"{region.name}: found {len(found)} rows with {column} {value}")
    return sorted(found, key=lambda one: one.code)


def _write(
    region: Declared, units: Sequence[Unit], shapes: Shapes, growth: float, out: Path
) -> str:
    folder = out / "regions" / region.name
    folder.mkdir(parents=True, exist_ok=True)
    outlines = region.of != "abroad" or bool(region.outlines)
    if region.of == "abroad":
        currency = region.currency or abroad.currency(units[0])
        text = page_abroad.sources(region, units)
        vintage = region.vintage[0].upper() + region.vintage[1:]
        told = f"{vintage}. Budgets, land dependence and ceilings are assumptions."
    else:
        currency = page_vietnam.CURRENCY
        text = page_vietnam.sources(region, units, growth)
        told = (
            "Population and GRDP of 2022: General Statistics Office of Viet Nam, by way of public "
            "copies. Budgets: a third, by assumption, of the Ministry of Finance's plan for 2017. "
            "Land dependence and ceilings are assumptions."
        )
    write_table(folder / "governments.csv", units)
    (folder / "SOURCES.md").write_text(text, encoding="utf-8")
    if outlines:
        write_outlines(folder / "provinces.geojson", units, shapes)
    file = out / f"{region.name}.toml"
    file.write_text(scenario(region, told, currency, outlines=outlines), encoding="utf-8")
    size = sum(one.stat().st_size for one in folder.iterdir()) / 1000
    return f"{file.name}: {len(units)} governments, {size:.0f} kB beside it"


if __name__ == "__main__":
    sys.exit(main())
