"""A made-up region of any size: the same density, the same kind of members.

Government i has the population and GRDP of province i mod 13 of the Mekong Delta. Centres are
uniform in a square that grows with their number, so that each has as much land, and neighbours as
near, as there. Each government hosts a project with probability `rate` a year, so the number of
projects grows in proportion to governments and years; a project has at most 6 parties at any size.
"""

import math

import numpy as np

from kernegotiate.scenario import Region, Scenario, load_scenario

LAND = 40_000 / 13  # km2 a government, about that of the Mekong Delta
DEGREE = 111.2  # km
CENTRE = (105.5, 10.0)  # degrees east, north


def synthetic(governments: int, seed: int = 1) -> Scenario:
    """The Mekong Delta's scenario with a region of `governments` members (2 to 300)."""
    base = load_scenario("mekong_delta")
    likes = base.region.governments
    side = math.sqrt(governments * LAND) / DEGREE
    places = (np.random.default_rng(seed).random((governments, 2)) - 0.5) * side
    rows = [
        {
            "code": f"g{i:03}",
            "name": f"Government {i}",
            "population": likes[i % len(likes)].population,
            "grdp": likes[i % len(likes)].grdp,
            "lon": CENTRE[0] + east / math.cos(math.radians(CENTRE[1])),
            "lat": CENTRE[1] + north,
        }
        for i, (east, north) in enumerate(places.tolist())
    ]
    values = {
        name: getattr(base.region, name)
        for name in ("currency", "budget_share", "land_dependence", "ceiling")
    }
    return base.changed("synthetic", name="synthetic", region=Region(governments=rows, **values))
