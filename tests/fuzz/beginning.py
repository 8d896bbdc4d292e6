"""What a region is begun with: the table of an office and a map of another, damaged."""

import json
from random import Random

from tests.fuzz import mutate, odd, seeds, trees
from tests.fuzz.case import Case
from tests.fuzz.making import table_damaged

TABLES = (
    (
        "Mã tỉnh,Tên tỉnh,Dân số (nghìn người),GRDP (tỷ đồng),Chi đầu tư,Kinh độ,Vĩ độ,Ghi chú\n"
        'a,Alpha,"500,1","900,5",90,"105,15","10,15",\n'
        'b,Bình Mỹ,"1.800,25",1500,,"105,55","10,45",ước\n'
        'c,Cần Thơ,300,400,20,"105,95","10,25",\n'
        "Tổng số,,2600,2800,,,,\n"
    ),
    "province,population,gdp_million_usd\nA,500000,900\nB,800000,1500.5\nC,300000,4e2\n",
    seeds.CITIES,
)
UNITS = (
    ("--money-unit", "billion"),
    ("--population-unit", "persons", "--currency", "USD"),
    ("--population-unit", "persons", "--money-unit", "billion", "--currency", "VND"),
)
"""What each table does not say."""
OPTIONS = (
    ("--population-unit", "persons"),
    ("--rename", "Kinh độ=lon"),
    ("--rename", "GRDP=grdp", "population=Dân số"),
    ("--title", "Ba tỉnh"),
    ("--force",),
    ("--json",),
)
CHANCES = (0.05, 0.05, 0.05, 0.3, 0.3, 0.3)


def own(rng: Random) -> Case:
    """A table of somebody's own and, often, a map."""
    number = rng.randrange(len(TABLES))
    whole = TABLES[number].encode()
    files = {"own.csv": whole if rng.random() < 0.25 else table_damaged(rng, TABLES[number])}
    folder = rng.choice(("mine",) * 8 + ("new/mine", ".", "own.csv"))
    words = ["new", "region", folder, "--governments", "own.csv"]
    if rng.random() < 0.95:
        words += UNITS[number]
    if rng.random() < 0.6 or number == 1:
        outlines = json.loads(json.dumps(seeds.MAP))
        if number == 1 or rng.random() < 0.3:
            for one in outlines["features"]:
                one["properties"]["name"] = one.pop("id").upper()
        files["own.geojson"] = (
            mutate.damaged(rng, json.dumps(outlines).encode())
            if rng.random() < 0.1
            else trees.as_json(trees.bent(rng, outlines) if rng.random() < 0.3 else outlines)
        )
        words += ["--map", "own.geojson"]
    for option, chance in zip(OPTIONS, CHANCES, strict=True):
        if rng.random() < chance:
            words += option
    if rng.random() < 0.03:
        words += ["--rename", odd.text(rng).replace("\0", "") + "=grdp"]
    return Case("own", files, tuple(words))
