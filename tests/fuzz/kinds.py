"""The kinds of input, each with a way to make a try: damage a valid one or write an odd one."""

import json
import struct
from collections.abc import Callable
from functools import cache
from random import Random

from kernegotiate.scenario import institution_names, parameters
from tests.fuzz import mutate, odd, seeds, trees
from tests.fuzz.beginning import own
from tests.fuzz.case import Case
from tests.fuzz.making import (
    harmless,
    modest,
    scenario_used,
    some_environment,
    some_setting,
    table_damaged,
    toml_damaged,
    used_somehow,
)

Kind = Callable[[Random], Case]


def case_of(seed: int, number: int, kinds: tuple[str, ...]) -> Case:
    """The try of a number, always the same."""
    kind = kinds[number % len(kinds)]
    return KINDS[kind](Random(f"{seed} {number} {kind}"))


# Files


def scenario(rng: Random) -> Case:
    """The TOML of a scenario."""
    if rng.random() < 0.3:
        files, name = dict(seeds.delta()), "mekong_delta.toml"
    else:
        files, name = (
            seeds.region(listed=rng.random() < 0.5, mapped=rng.random() < 0.5),
            "three.toml",
        )
    files[name] = toml_damaged(rng, files[name])
    return scenario_used(rng, "scenario", files, name)


def region(rng: Random) -> Case:
    """The table of governments, as CSV or as a workbook."""
    files = seeds.region(listed=False, mapped=rng.random() < 0.3)
    files["cities.csv"] = table_damaged(rng, seeds.CITIES)
    name = rng.choice(("cities.csv",) * 3 + ("cities.xlsx", "cities.tsv", "cities"))
    if name != "cities.csv":
        files["three.toml"] = files["three.toml"].replace(b"cities.csv", name.encode())
        files[name] = files.pop("cities.csv")
    return scenario_used(rng, "region", files, "three.toml")


def works(rng: Random) -> Case:
    """The table of projects."""
    files = seeds.region(listed=True, mapped=False)
    files["works.csv"] = table_damaged(rng, seeds.WORKS)
    return scenario_used(rng, "works", files, "three.toml")


def institution(rng: Random) -> Case:
    """The TOML of an institution."""
    own = seeds.INSTITUTION.encode()
    data = own if rng.random() < 0.6 else seeds.institution(rng.choice(institution_names()))
    files = seeds.region(listed=False, mapped=False) | {"house.toml": toml_damaged(rng, data)}
    return used_somehow(
        rng, "institution", files,
        "describe ./house.toml", "check ./house.toml",
        "run ./three.toml --coordinator ./house.toml --years 2",
        "compare ./three.toml none ./house.toml --runs 2", "app ./house.toml --no-browser",
        "what-if ./three.toml ./house.toml --runs 2 --set quota=0.5",
        calls=(("kn.load_institution", {"name_or_path": "'./house.toml'"}),
               ("kn.outcome", {"scenario": "'./three.toml'", "coordinator": "Path('house.toml')"})),
    )  # fmt: skip


def experiment(rng: Random) -> Case:
    """The TOML of an experiment."""
    files = seeds.study()
    seed = rng.choice((seeds.EXPERIMENT, seeds.EXPERIMENT, seeds.LISTED, "sampled", "shipped"))
    if seed == "sampled":
        seed = seeds.SAMPLED.format(kind=rng.choice(("lhs", "sobol", "morris")))
    data = seed.encode()
    if seed == "shipped":
        data = seeds.experiment(rng.choice(("meetings", "matching", "lga_staff", "calendars")))
    files["question.toml"] = toml_damaged(rng, data)
    return used_somehow(
        rng, "experiment", files, "describe ./question.toml", "check ./question.toml",
        calls=(("asked", {"path": "'./question.toml'"}),) * 3,
    )  # fmt: skip


def design(rng: Random) -> Case:
    """The table of a design, as a file or in memory."""
    files = seeds.study() | {"question.toml": seeds.LISTED.encode()}
    if rng.random() < 0.6:
        files["points.csv"] = table_damaged(rng, seeds.POINTS)
        return Case("design", files, call="asked", arguments={"path": "'./question.toml'"})
    names = [one.name for one in parameters()]
    columns = {
        rng.choice(names) if rng.random() < 0.9 else odd.text(rng): [
            rng.choice(odd.OBJECTS) if rng.random() < 0.5 else odd.source(rng)
            for _ in range(rng.choice((1, 1, 2)))
        ]
        for _ in range(rng.choice((1, 1, 2)))
    }
    source = ", ".join(f"{name!r}: [{', '.join(cells)}]" for name, cells in columns.items())
    table = f"pd.DataFrame({{{source}}}, dtype=object)"
    if rng.random() < 0.1:
        table = rng.choice(odd.OBJECTS)
    if len({len(cells) for cells in columns.values()}) > 1:
        table = "pd.DataFrame({'trust': [0.5, '0.5']})"
    return Case("design", files, call="framed", arguments={"table": table})


def geometry(rng: Random) -> Case:
    """The outlines of a map, GeoJSON."""
    if rng.random() < 0.2:
        files, name = dict(seeds.delta()), "mekong_delta.toml"
        path = "regions/mekong_delta/provinces.geojson"
    else:
        files, name, path = seeds.region(listed=False), "three.toml", "map.geojson"
        # A map for the window must fit a region that comes along, so most of these are refused.
    if rng.random() < 0.4:
        files[path] = mutate.damaged(rng, files[path])
    else:
        files[path] = trees.as_json(trees.bent(rng, json.loads(files[path])))
    return used_somehow(
        rng, "geometry", files, f"app --map {path} --no-browser", f"describe ./{name}",
        f"check ./{name}",
        calls=(("drawn", {"path": f"'./{name}'"}),) * 4
        + (("check_map", {"path": f"Path({path!r})"}),),
    )  # fmt: skip


def path(rng: Random) -> Case:
    """Odd paths, at every place that takes one to read from."""
    odd_path = rng.choice(odd.PATHS)
    files = seeds.study() | {"self.toml": b'based_on = "./self.toml"\n'}
    inside = odd_path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    quoted = json.dumps(inside, ensure_ascii=False)
    roll = rng.randrange(8)
    if roll == 0:
        files["three.toml"] = f"[region]\ngovernments = {quoted}\n".encode()
    elif roll == 1:
        files["three.toml"] += f"geometry = {quoted}\n".encode()
    elif roll == 2:
        files["three.toml"] = f"based_on = {quoted}\n".encode()
    elif roll == 3:
        files["three.toml"] = f"table = {quoted}\n".encode() + files["three.toml"]
    elif roll == 4:
        files["question.toml"] = seeds.LISTED.replace('"points.csv"', quoted).encode()
        return Case("path", files, call="asked", arguments={"path": "'./question.toml'"})
    elif roll == 5:
        files["question.toml"] = seeds.EXPERIMENT.replace('"./house.toml"', quoted).encode()
        return Case("path", files, call="asked", arguments={"path": "'./question.toml'"})
    else:
        words = rng.choice(
            (("describe", odd_path), ("run", odd_path), ("app", odd_path),
             ("app", "--map", odd_path),
             ("run", "./three.toml", "--coordinator", odd_path), ("experiment", "status", odd_path),
             ("experiment", "show", odd_path), ("compare", "./three.toml", "none", odd_path))
        )  # fmt: skip
        return Case("path", files, words)
    return scenario_used(rng, "path", files, "three.toml")


# Words, variables, keywords


def words(rng: Random) -> Case:
    """A whole command line."""
    files = (
        seeds.study() | seeds.region() | seeds.DATASET | {"provinces.geojson": seeds.provinces()}
    )
    line = mutate.words_damaged(rng, rng.choice(seeds.WORDS).split())
    return Case("words", files, harmless(line) or ("",))


def setting(rng: Random) -> Case:
    """The words of `--set`, one to four of them."""
    files = seeds.region(listed=rng.random() < 0.3, mapped=False)
    given = [some_setting(rng) for _ in range(rng.choice((1, 1, 2, 4)))]
    if rng.random() < 0.2:
        given = mutate.words_damaged(rng, given) or [""]
    line = rng.choice(
        ("run ./three.toml --years 2", "compare ./three.toml none lga --runs 2",
         "what-if ./three.toml lga --runs 2", "explain ./three.toml --coordinator lga --runs 2")
    ).split()  # fmt: skip
    return Case("setting", files, harmless([*line, "--set", *given]))


def variable(rng: Random) -> Case:
    """The variables that the window reads, and those that steer what is printed."""
    files = seeds.region() | {"house.toml": seeds.INSTITUTION.encode(), "bad.toml": b"x = ["}
    names = ("three.toml", "house.toml", "bad.toml", "map.geojson", *odd.PATHS, odd.text(rng))
    given = ":".join(rng.choice(names) for _ in range(rng.choice((1, 1, 2, 5))))
    if rng.random() < 0.4:
        given = mutate.damaged(rng, given.encode("utf-8", "surrogateescape")).decode(
            "utf-8", "surrogateescape"
        )
    known = ("KERNEGOTIATE_FILES", "KERNEGOTIATE_MAP", "COLUMNS", "LINES", "TERM", "NO_COLOR")
    variables = {rng.choice(known): some_environment(given)}
    if rng.random() < 0.7:
        return Case("variable", files, call="chosen", environment=variables)
    return Case("variable", files, ("describe", "./three.toml"), environment=variables)


def keyword(rng: Random) -> Case:
    """The arguments of the Python interface."""
    call, given = rng.choice(CALLS)
    arguments = dict(given)
    for _ in range(rng.choice((1, 1, 1, 2))):
        if rng.random() < 0.5 and call in OPEN:
            arguments[rng.choice(parameters()).name] = rng.choice(odd.OBJECTS)
        else:
            arguments[rng.choice(list(given))] = rng.choice(odd.OBJECTS)
    for name in ("runs", "precision"):
        arguments = modest(name, arguments)
    for name in {"progress", "answer"} & arguments.keys():
        if arguments[name] in CALLABLE:  # whose errors are the user's own
            arguments[name] = "lambda *a: 'x'"
    return Case("keyword", seeds.study(), call=call, arguments=arguments)


def link(rng: Random) -> Case:
    """A link of the window."""
    query = rng.choice(seeds.LINKS)
    if rng.random() < 0.5:
        query = mutate.damaged(rng, query.encode()).decode("utf-8", "surrogateescape")
    else:
        pairs = [*query.split("&"), f"set.{some_setting(rng)}"]
        rng.shuffle(pairs)
        query = "&".join(pairs[: rng.randint(1, len(pairs))])
    return Case("link", call="linked", arguments={"query": ascii(query)})


def view(rng: Random) -> Case:
    """A saved view of the window."""
    tree = {"kernegotiate": "0.1.0", "view": rng.choice(seeds.LINKS)}
    if rng.random() < 0.5:
        data = mutate.damaged(rng, json.dumps(tree).encode())
    else:
        data = trees.as_json(trees.bent(rng, tree))
    return Case("view", call="viewed", arguments={"text": ascii(data.decode("utf-8", "replace"))})


def dataset(rng: Random) -> Case:
    """The folder of a dataset."""
    files = seeds.study() | seeds.DATASET
    inside = sorted(seeds.DATASET)
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice([*inside, "set/manifest.json", "set/manifest.json", "set/design.parquet"])
        if name not in files:
            continue
        roll = rng.randrange(8)
        if roll == 0:
            del files[name]
        elif roll == 1:
            files[rng.choice(FOREIGN)] = rng.choice((files[name], b"", b"x" * 100))
        elif roll == 2:
            files[name] = files[rng.choice(sorted(files))]
        elif name.endswith(".json") and roll < 6:
            with_json = trees.bent(rng, json.loads(seeds.DATASET[name]))
            files[name] = trees.as_json(with_json)
        else:
            files[name] = mutate.damaged(rng, files[name])
    return used_somehow(
        rng, "dataset", files, "experiment status set", "experiment show set",
        "experiment run ./question.toml --out set --resume --workers 1",
        "experiment show set --outcome efficiency",
        calls=(("opened", {"folder": "'set'"}),) * 2,
    )  # fmt: skip


def frame(rng: Random) -> Case:
    """A message on the socket of the window, text or binary."""
    tree = rng.choice(seeds.MESSAGES)
    tree = trees.bent(rng, tree) if rng.random() < 0.5 else tree
    text = trees.as_json(tree)
    if rng.random() < 0.5:
        return Case("frame", call="messaged", arguments={"frame": repr(
            mutate.damaged(rng, text).decode("utf-8", "replace") if rng.random() < 0.7
            else text.decode("utf-8", "replace"))})  # fmt: skip
    parts = [text, *(rng.randbytes(9) for _ in range(rng.randrange(3)))]
    places = [4 * (len(parts) + 1)]
    for part in parts[:-1]:
        places.append(places[-1] + len(part))
    data = struct.pack(f"!I{len(places)}I", len(places), *places) + b"".join(parts)
    if rng.random() < 0.4:  # numbers that claim too much
        place = 4 * rng.randrange(len(places) + 1)
        data = data[:place] + struct.pack("!I", rng.choice(CLAIMS)) + data[place + 4 :]
    elif rng.random() < 0.7:
        data = mutate.damaged(rng, data)
    return Case("frame", call="messaged", arguments={"frame": repr(data)})


CLAIMS = (0, 1, 2, 3, 63, 64, 65, 2**16, 2**31 - 1, 2**31, 2**32 - 1)


def request(rng: Random) -> Case:
    """A request to the window: path, query, headers."""
    path, query = rng.choice(seeds.REQUESTS)
    headers = dict(seeds.HEADERS)
    kind = "websocket" if "channels" in path and rng.random() < 0.8 else "http"
    for _ in range(rng.choice((1, 1, 2))):
        roll = rng.randrange(5)
        if roll == 0:
            path = "/" + mutate.damaged(rng, path[1:].encode()).decode("utf-8", "replace")
        elif roll == 1:
            query = mutate.damaged(rng, query)
        elif roll == 2:
            name = rng.choice((b"host", b"origin", b"cookie", b"sec-fetch-site", b"x-script-name"))
            value = odd.text(rng).encode("utf-8", "replace")
            old = headers.get(name, b"")
            headers[name] = rng.choice((value, mutate.damaged(rng, old), old + value))
        elif roll == 3:
            headers.pop(rng.choice(list(headers)), None)
        else:
            path = rng.choice(
                ("/../x", "//x", "/%2e%2e/", "/\0", "/_solara/cdn/", "/static/../../x")
            )
    arguments = {
        "method": repr(rng.choice(("GET",) * 6 + ("HEAD", "POST", "PUT", "get", "X" * 5000))),
        "path": ascii(path), "query": repr(query), "headers": repr(list(headers.items())),
        "kind": repr(kind), "key": repr(rng.choice(("", "k7mq-3xtd-9fwe"))),
    }  # fmt: skip
    return Case("request", call="requested", arguments=arguments)


def start(rng: Random) -> Case:
    """Files of compiled code, and the variables that are read before anything else."""
    files = dict(seeds.COMPILED)
    variables = {}
    if rng.random() < 0.6 and files:
        for _ in range(rng.choice((1, 1, 3))):
            name = rng.choice(sorted(seeds.COMPILED))
            files[name] = rng.choice((b"", files[name][: len(files[name]) // 2],
                                      mutate.damaged(rng, files[name]),
                                      files[rng.choice(sorted(files))]))  # fmt: skip
    else:
        name = rng.choice(("HOME", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR", "TMPDIR", "LANG", "LC_ALL",
                           "NUMBA_DISABLE_JIT", "NUMBA_NUM_THREADS", "PYTHONIOENCODING",
                           "PYTHONUTF8", "COLUMNS", "TERM", "PYTHONWARNINGS"))  # fmt: skip
        given = rng.choice(VALUES.get(name, (*odd.PATHS, "relative", "/proc", "/dev/null/x")))
        variables[name] = some_environment(given)
    call = rng.choice(("compiled", "compiled", "listed"))
    return Case("start", files, call=call, environment=variables)


VALUES = {
    "NUMBA_DISABLE_JIT": ("0", "1"),
    "NUMBA_NUM_THREADS": ("1", "2"),
    "PYTHONIOENCODING": ("ascii", "latin-1", "utf-16", "utf-8:strict"),
    "PYTHONUTF8": ("0", "1"),
    "COLUMNS": ("", "0", "-1", "x", "1", "100000", "9" * 5000),
    "TERM": ("", "dumb", "xterm-256color", "x"),
    "LANG": ("C", "", "tr_TR.UTF-8", "xx", "vi_VN"),
    "LC_ALL": ("C", "", "POSIX", "xx"),
    "PYTHONWARNINGS": ("default", "ignore"),
}
"""Of variables that Python or a library reads itself, what they allow: the rest is not ours."""

FOREIGN = (
    "set/parts/part-0000001.parquet", "set/parts/part-9999999.parquet", "set/parts/part-1.parquet",
    "set/parts/part-0000000.parquet.tmp", "set/parts/.part-0000000.parquet",
    "set/parts/x/y.parquet",
    "set/parts/notes.txt", "set/tmp/x", "set/notes.txt", "set/.DS_Store", "set/manifest.json/x",
)  # fmt: skip

CALLS: tuple[tuple[str, dict[str, str]], ...] = (
    ("kn.simulate", {"scenario": "'./three.toml'", "coordinator": "'lga'", "runs": "2", "seed": "1",
                     "first_run": "0", "trajectories": "True", "explain": "True", "threads": "1",
                     "progress": "None"}),
    ("kn.compare", {"scenario": "'./three.toml'", "coordinators": "['none', 'lga']", "runs": "2",
                    "seed": "1", "baseline": "None", "outcomes": "None", "threads": "1",
                    "progress": "None", "confidence": "0.9", "precision": "None"}),
    ("kn.explain", {"scenario": "'./three.toml'", "coordinators": "{'x': 'none', 'y': 'lga'}",
                    "runs": "2", "seed": "1", "baseline": "None", "threads": "1",
                    "progress": "None",
                    "confidence": "0.9"}),
    ("kn.what_if", {"scenario": "'./three.toml'", "coordinator": "'lga'", "runs": "2", "seed": "1",
                    "threads": "1", "progress": "None", "confidence": "0.9", "quota": "0.5"}),
    ("kn.outcome", {"rng": "1", "scenario": "'./three.toml'", "coordinator": "'lga'",
                    "quota": "0.5"}),
    ("story", {"scenario": "'./three.toml'", "coordinator": "'lga'", "rng": "1",
               "government_class": "kn.LocalGovernment", "agent_data": "True", "without": "set()"}),
    ("played", {"who": "'Can Tho'", "decision": "'vote'", "answer": "lambda g, m: True"}),
    ("made", {"name": "'x'", "title": "'X'", "question": "'q?'", "scenario": "'./three.toml'",
              "institutions": "('none', 'lga')", "runs": "2", "seed": "1", "baseline": "'none'",
              "outcomes": "('efficiency',)", "set": "{'trust': 0.4}", "arms": "()", "claims": "()",
              "design": "None", "scenarios": "()", "replications": "None", "evidence": "()"}),
    ("ran", {"out": "'out'", "resume": "False", "design": "None", "runs": "2", "seed": "1",
             "threads": "1", "shard": "None", "progress": "None", "confidence": "0.9",
             "precision": "None"}),
    ("moved", {"name": "'trust'", "value": "0.5"}),
    ("kn.load_scenario", {"name_or_path": "'./three.toml'"}),
    ("kn.load_institution", {"name_or_path": "'lga'"}),
    ("kn.Levers", {"quota": "0.5"}),
    ("load", {"path": "'./three.toml'"}),
    ("kn.Experiment.load", {"name_or_path": "'./question.toml'"}),
)  # fmt: skip

CALLABLE = {"object", "int", "len", "lambda: 1"}
OPEN = {"kn.simulate", "kn.compare", "kn.explain", "kn.what_if", "kn.outcome", "kn.Levers", "story"}
"""Those that take any parameter by its keyword."""


KINDS: dict[str, Kind] = {
    "scenario": scenario,
    "region": region,
    "works": works,
    "institution": institution,
    "experiment": experiment,
    "design": design,
    "geometry": geometry,
    "own": own,
    "path": path,
    "words": words,
    "setting": setting,
    "variable": variable,
    "keyword": keyword,
    "link": link,
    "view": view,
    "frame": frame,
    "request": request,
    "dataset": dataset,
    "start": start,
}


@cache
def weighted(kinds: tuple[str, ...] = tuple(KINDS)) -> tuple[str, ...]:
    """The kinds in turn, the richer ones more often, and what needs a new process seldom."""
    return tuple(k for n in range(8) for k in kinds if n < OFTEN.get(k, 4))


OFTEN = dict.fromkeys(("scenario", "region", "experiment", "words", "keyword"), 8) | {"start": 1}
