"""Valid inputs to begin with: a region of three cities, and what comes with the package."""

import contextlib
import json
from functools import cache
from pathlib import Path

from kernegotiate.analysis.experiment.files import find_experiment
from kernegotiate.scenario import shipped

SCENARIO = """\
title = "Three cities"
title_vi = "Ba thành phố"
source = "invented"
evidence = ["E1"]
years = 4
table = "works.csv"

[region]
currency = "million USD"
governments = "cities.csv"
geometry = "map.geojson"
budget_share = 0.08

[leaders]
term = 4
calendar = "staggered"

[projects]
rate = 0.4

[behaviour]
trust = 0.6
"""
CITIES = """\
code,name,name_vi,population,grdp,budget,lon,lat,land_dependence,ceiling
a,Alpha,An Phước,500000,900,90,105.1,10.1,0.2,0.5
b,Beta,Bình Mỹ,800000,1500.5,,105.5,10.4,,
c,Can Tho,Cần Thơ,300000,4e2,20,105.9,10.2,0.4,0.3
"""
WORKS = """\
year,host,parties,cost,build,life,own,spillover,duplicable,touches_land,kind
1,a,a;b,40,2,20,4.5;3,1,true,false,ring road
2,b,b;c;a,60.5,1,10,5;-1;6,0,false,true,treatment plant
3,c,c;b,12,1,15,1;2,0.5,TRUE,,port
"""
MAP = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": code,
            "properties": {"name": code.upper()},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, y], [x + 0.3, y], [x + 0.3, y + 0.3], [x, y + 0.3], [x, y]]],
            },
        }
        for code, x, y in (("a", 105.0, 10.0), ("b", 105.4, 10.3))
    ]
    + [
        {
            "type": "Feature",
            "id": "c",
            "properties": {},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [[[105.8, 10.1, 3], [106.0, 10.1, 3], [105.9, 10.3, 3], [105.8, 10.1, 3]]],
                    [[[106.1, 10.1], [106.2, 10.1], [106.15, 10.2], [106.1, 10.1]]],
                ],
            },
        }
    ],
}
INSTITUTION = """\
title = "A house of four"
title_vi = "Nhà bốn bên"
source = "invented"
evidence = ["E2", "E3"]
based_on = "lga"

[levers]
quota = { value = 0.6, range = [0.5, 1.0], source = "assumption" }
rounds = 3
proposal_rule = "benefit"
backstop = true
levy_rate = 0.01
"""
EXPERIMENT = """\
title = "Terms"
question = "Do longer terms help?"
evidence = ["E4"]
scenario = "./three.toml"
institutions = ["none", "./house.toml"]
baseline = "none"
runs = 4
replications = 2
seed = 3
set = { noise = 0.2 }
arms = [{ name = "strict", institution = "lga", set = { sanction = 0.5 } }]
outcomes = ["efficiency", "completion_rate", "signed_gap"]

[design]
kind = "factorial"
factors = [{ name = "term", values = [3, 5] }, { name = "trust", low = 0.2, high = 0.8 }]

[[claims]]
says = "Longer terms help."
evidence = ["E5"]
parts = [
    { label = "gain", above = 0.0, terms = [
        { arm = "none", at = { term = 5, trust = 0.8 }, outcome = "efficiency" },
        { arm = "none", at = { term = 3, trust = 0.8 }, outcome = "efficiency", times = -1.0 },
    ] },
]
"""
LISTED = """\
title = "Listed"
question = "What of these?"
scenario = "./three.toml"
institutions = ["lga"]
runs = 2
outcomes = ["efficiency"]

[design]
file = "points.csv"
"""
SAMPLED = """\
title = "Sampled"
question = "What matters?"
scenario = "./three.toml"
institutions = ["lga", "none"]
runs = 2
outcomes = ["efficiency"]

[design]
kind = "{kind}"
samples = 4
factors = [{{ name = "trust", low = 0.1, high = 0.9 }}, {{ name = "term", low = 2, high = 8 }}]
"""
POINTS = """\
trust,term,side_payments,calendar
0.5,4,true,random
0.25,5,false,staggered
1,6,True,synchronised
"""
LINKS = (
    "seed=7&year=12&government=92&set.trust=0.3",
    "page=compare&coordinator=lga&other=none&language=vi",
    "page=ask&coordinator=empowered_board&seed=9223372036854775807&set.quota=0.5&set.backstop=true",
    "?set.proposal_rule=benefit&set.calendar=random&set.monitoring=1.0",
    "scenario=mekong_delta",
    "",
)
MESSAGES = tuple(
    {"header": {"msg_type": kind, "msg_id": "1"}, "channel": "shell", "content": content}
    for kind, content in (
        ("comm_open", {"target_name": "solara.control", "comm_id": "c", "data": {}}),
        ("comm_msg", {"comm_id": "c", "data": {"method": "update", "state": {"x": 1}}}),
        ("comm_close", {"comm_id": "c"}),
        ("kernel_info_request", {}),
    )
)
PAGE = "0123abcd-0123-0123-0123-0123456789ab"
REQUESTS = (
    ("/", b"seed=7"), ("/", b"key=k7mq-3xtd-9fwe"), ("/", b"key="), ("/invite", b""),
    (f"/jupyter/api/kernels/{PAGE}/channels", f"session_id={PAGE}".encode()),
    (f"/_solara/api/close/{PAGE}", f"session_id={PAGE}".encode()),
    ("/_solara/cdn/vue/x.js", b""), ("/static/public/x", b""), ("/resourcez", b"verbose"),
)  # fmt: skip
HEADERS = {
    b"host": b"localhost:8765",
    b"origin": b"http://localhost:8765",
    b"cookie": f"solara-session-id={PAGE}; kernegotiate=x".encode(),
    b"user-agent": b"Mozilla/5.0",
}
WORDS = (
    "list", "list levers --json", "describe lga", "describe trust", "describe ./three.toml",
    "describe ./house.toml --json", "describe ./question.toml", "describe completion_rate",
    "run ./three.toml --coordinator ./house.toml --seed 7 --years 3 --out out --json",
    "run ./three.toml --set trust=0.5 backstop=true proposal_rule=equal",
    "compare ./three.toml none ./house.toml --runs 2 --seed 1 --threads 1 --set quota=0.5",
    "compare ./three.toml none lga --runs 20 --precision 0.5 --json",
    "explain ./three.toml --coordinator none lga --runs 2 --figure why.svg --json",
    "what-if ./three.toml lga --runs 2 --set monitoring=1 sanction=1 --json",
    "experiment run ./question.toml --out out --runs 2 --seed 3 --workers 1 --resume",
    "experiment run ./question.toml --out out --runs 2 --shard 1/2",
    "experiment status set", "experiment verify set",
    "experiment show set --outcome efficiency --json",
    "experiment show set",
    "app ./three.toml ./house.toml --port 8765 --map provinces.geojson --no-browser",
    "--help", "run --help", "--version",
)  # fmt: skip


PROVINCES = "regions/mekong_delta/provinces.geojson"


def region(*, listed: bool = True, mapped: bool = True) -> dict[str, bytes]:
    """The files of three cities, with or without a table of works and a map."""
    text = SCENARIO if listed else SCENARIO.replace('table = "works.csv"\n', "")
    files = {"three.toml": text.encode(), "cities.csv": CITIES.encode()}
    if listed:
        files["works.csv"] = WORKS.encode()
    if mapped:
        files["map.geojson"] = json.dumps(MAP).encode()
    else:
        files["three.toml"] = files["three.toml"].replace(b'geometry = "map.geojson"\n', b"")
    return files


def study() -> dict[str, bytes]:
    """The files of an experiment."""
    return region(listed=False, mapped=False) | {
        "house.toml": INSTITUTION.encode(),
        "question.toml": EXPERIMENT.encode(),
        "points.csv": POINTS.encode(),
    }


@cache
def delta() -> dict[str, bytes]:
    """The files of the region that comes along."""
    folder = shipped("scenarios")
    names = ("mekong_delta.toml", "regions/mekong_delta/governments.csv", PROVINCES)
    return {name: (folder / name).read_bytes() for name in names}


def provinces() -> bytes:
    """The map that comes along."""
    return delta()[PROVINCES]


@cache
def institution(name: str) -> bytes:
    """The file of an institution that comes along."""
    return (shipped("scenarios") / "institutions" / f"{name}.toml").read_bytes()


@cache
def experiment(name: str) -> bytes:
    """The file of an experiment that comes along."""
    return find_experiment(name).read_bytes()


COMPILED: dict[str, bytes] = {}
"""The files of compiled code below `cache`, once `pool.prepare` has had them made."""
DATASET: dict[str, bytes] = {}
"""The files of a finished dataset below `set`, once `pool.prepare` has had it made."""


def make_dataset(folder: Path) -> dict[str, bytes]:
    """Make a dataset of the study and read it whole."""
    import kernegotiate as kn

    for name, data in study().items():
        (folder / name).write_bytes(data)
    loaded = kn.Experiment.load(folder / "question.toml")
    loaded.run(out=folder / "set", threads=1)
    return below(folder, "set")


def make_compiled(folder: Path) -> dict[str, bytes]:
    """Compile a small function and read what is kept of it."""
    from tests.fuzz import actions

    with contextlib.chdir(folder):
        actions.compiled()
    return below(folder, "cache")


def below(folder: Path, name: str) -> dict[str, bytes]:
    """All files of a folder in a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / name).rglob("*"))
        if path.is_file()
    }
