"""A small study on disk, to be broken by the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOVERNMENTS = """\
code,name,population,grdp,lon,lat
b,Beta,200000,2000,105.5,10.2
a,Alpha,100000,1000,105.0,10.0
c,Gamma,300000,3000,106.0,10.4
"""
PROJECTS = """\
year,host,parties,cost,build,life,own,spillover,duplicable,touches_land,kind
4,b,b;c;a,60,2,20,5;-0.5;3,0,false,false,data centre
1,a,a;b,120,3,25,9.5;7,4,true,TRUE,ring road
"""
SCENARIO = """\
title = "Three cities"
years = 10
[region]
currency = "million USD"
governments = "cities.csv"
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A valid scenario file of three governments; the table of projects is not yet used."""
    (tmp_path / "cities.csv").write_text(GOVERNMENTS, encoding="utf-8")
    (tmp_path / "projects.csv").write_text(PROJECTS, encoding="utf-8")
    (tmp_path / "study.toml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path / "study.toml"


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace a text in a file that must hold it."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
