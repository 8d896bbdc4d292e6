"""Hypothesis builders: regions, scenarios and institutions of every allowed kind, kept small."""

from hypothesis import strategies as st

from kernegotiate.scenario import Levers, Region, Scenario, load_scenario, parameters

SHARE = st.floats(0, 1)
# Mechanisms that are off by default, and how far they may go.
OFF = {
    "foresight": 1, "vagueness": 1, "credit_kept": 1, "voters_loss": 1, "land_rent": 0.5,
    "cost_body": 0.05, "bad_years": 1, "bad_year_loss": 0.9, "bad_years_shared": 1,
    "end_foreseen": 1, "grudge": 1, "shirking": 1, "congestion": 3, "reopening": 1, "hold_up": 1,
    "overrun": 0.5, "renewal_results": 0.5, "absence": 1,
    "interest": 0.1,
}  # fmt: skip


def governments(codes="abcdef", least=2):
    """Lists of governments as a region takes them."""
    figures = st.fixed_dictionaries(
        {
            "population": st.floats(1e4, 1e7),
            "grdp": st.floats(1e3, 1e6),
            "lon": st.floats(104, 107),
            "lat": st.floats(8, 11),
            "land_dependence": SHARE,
            "ceiling": st.floats(0, 3),
        }
    )

    def name(rows):
        return [{"code": c, "name": c.upper(), **row} for c, row in zip(codes, rows, strict=False)]

    return st.lists(figures, min_size=least, max_size=len(codes)).map(name)


def _within(parameter):
    if parameter.type == "flag":
        return st.booleans()
    if parameter.choices:
        return st.sampled_from(parameter.choices)
    low, high = parameter.low, min(parameter.high, 5)
    if parameter.type == "whole number":
        return st.integers(int(low), int(high))
    return st.floats(low, high, exclude_min=parameter.interval.startswith("("))


LEVERS = [p for p in parameters() if p.name in Levers.model_fields]


def institutions():
    """Any combination of levers."""
    return st.fixed_dictionaries({p.name: _within(p) for p in LEVERS}).map(lambda d: Levers(**d))


def switched_on():
    """Some of the mechanisms that are off by default, or none."""
    some = st.fixed_dictionaries({}, optional={n: st.floats(0, m) for n, m in OFF.items()})
    return st.one_of(st.just({}), some)


@st.composite
def mergers(draw, codes, years):
    """Up to three mergers of governments that are still there, in the order of their years."""
    left, found, year = list(codes), [], 2
    for _ in range(draw(st.integers(0, 3)) if years > 1 else 0):
        if len(left) < 2:
            break
        year = draw(st.integers(year, years))
        members = draw(st.permutations(left))[: draw(st.integers(2, min(4, len(left))))]
        found.append({"year": year, "members": members})
        left = [code for code in left if code not in members[1:]]
    return found


@st.composite
def changes(draw, years):
    """Up to three other laws, in the order of their years."""
    found = draw(st.lists(st.integers(2, years), unique=True, max_size=3)) if years > 1 else []
    laws = {year: draw(institutions()).model_dump() for year in sorted(found)}
    return [{"year": year, "set": levers} for year, levers in laws.items()]


@st.composite
def scenarios(draw, in_time=True):
    """Small regions, few years, behaviour and leaders over wide ranges.

    With `in_time` governments may merge, and the law may change, in some years.
    """
    region = Region(currency="money", governments=draw(governments()))
    base = load_scenario("mekong_delta")
    scenario = Scenario(
        name="drawn", title="Drawn", years=draw(st.integers(1, 12)), region=region,
        leaders=base.leaders, projects=base.projects, behaviour=base.behaviour,
    )  # fmt: skip
    happening = {}
    if in_time:
        happening["mergers"] = draw(mergers(region.codes, scenario.years))
        happening["changes"] = draw(changes(scenario.years))
    return scenario.with_overrides(
        **happening,
        rate=draw(st.floats(0.1, 1)),
        parties_min=2,
        build_min=1,
        build_max=draw(st.integers(1, 6)),
        life=draw(st.integers(1, 25)),
        upfront=draw(SHARE),
        duplicable=draw(SHARE),
        copy_ratio=draw(st.floats(0.5, 3)),
        copy_crowding=draw(st.floats(0, 2)),
        spillover=draw(st.floats(0, 0.9)),
        misfit=draw(st.floats(0, 2)),
        debt_years=draw(st.sampled_from([0, 0, 1, 7])),
        agenda_life=draw(st.integers(1, 9)),
        term=draw(st.integers(1, 7)),
        term_limit=draw(st.integers(1, 3)),
        renewal=draw(SHARE),
        calendar=draw(st.sampled_from(["synchronised", "staggered", "random"])),
        parochial_mean=draw(SHARE),
        legacy_mean=draw(SHARE),
        credit_mean=draw(st.floats(0, 1)),
        leader_discount=draw(st.floats(0.5, 1)),
        social_discount=draw(st.floats(0.8, 1)),
        trust=draw(SHARE),
        noise=draw(st.floats(0, 1)),
        own_talks=draw(st.floats(0, 2)),
        own_rounds=draw(st.integers(1, 5)),
        cover=draw(SHARE),
        **draw(switched_on()),
    )
