"""Joint projects: rules that generate them, or rows of an explicit table."""

from typing import Self

from pydantic import model_validator

from kernegotiate.scenario.errors import problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import MOST_MONEY, Flag, Name, Real, Text, Whole, spec


class ProjectKind(Record):
    """A kind of joint project; the names fit into "the ring road fails"."""

    name: Name = spec(..., "name in English, lower case")
    name_vi: Name = spec(..., "name in Vietnamese, lower case")
    touches_land: Flag = spec(
        ..., "whether it needs land or changes land use", source="assumption; E116"
    )
    weight: Real = spec(1.0, "relative frequency", unit="weight", low=0, high=1e6, open_low=True)
    overrun: Real = spec(
        1.0, "its overruns, as a multiple of the usual", unit="ratio", low=0, high=1000
    )


KINDS = (
    ProjectKind(name="port", name_vi="cảng", touches_land=True),
    ProjectKind(name="ring road", name_vi="đường vành đai", touches_land=True),
    ProjectKind(name="treatment plant", name_vi="nhà máy xử lý nước thải", touches_land=True),
    ProjectKind(name="flood-warning system", name_vi="hệ thống cảnh báo lũ", touches_land=False),
    ProjectKind(name="data centre", name_vi="trung tâm dữ liệu", touches_land=False),
    ProjectKind(
        name="value-chain hub", name_vi="trung tâm đầu mối chuỗi giá trị", touches_land=False
    ),
)
"""Six kinds of joint works after E06, E15, E47, E49, E99 and E122; equal weights are assumed."""


class ProjectRules(Record):
    """How projects arise where no explicit table is given."""

    rate: Real = spec(
        0.15,
        "probability that a government hosts a project in a year",
        unit="probability",
        low=0,
        high=1,
        plausible=(0.05, 0.4),
        why="two a year among 13 governments; Korea supported about 17 a year nationwide (E126)",
    )
    parties_min: Whole = spec(
        2,
        "fewest parties of a project",
        unit="governments",
        low=2,
        high=12,
        plausible=(2, 3),
        why="the smallest agreement",
    )
    parties_max: Whole = spec(
        6,
        "most parties of a project, host included",
        unit="governments",
        low=2,
        high=12,
        plausible=(3, 9),
        why="named regions have 3 to 12 members (E17, E130, E137, E138)",
    )
    build_min: Whole = spec(
        2,
        "shortest time of building",
        unit="years",
        low=1,
        high=30,
        plausible=(1, 4),
        why="quick works",
    )
    build_max: Whole = spec(
        8,
        "longest time of building",
        unit="years",
        low=1,
        high=30,
        plausible=(5, 12),
        why="benefits take several years and can outlast a term (E121)",
    )
    life: Whole = spec(
        25,
        "years of benefits once a work is open",
        unit="years",
        low=1,
        high=100,
        plausible=(15, 50),
        why="a generation of use",
    )
    upfront: Real = spec(
        0.4,
        "share of the cost due in the year of signing, for land and clearance",
        unit="share",
        low=0,
        high=1,
        plausible=(0.1, 0.6),
        why="land and clearance come first; their part is unknown",
    )
    overrun: Real = spec(
        0.0,
        "mean overrun of the cost that is left, for each year of building",
        unit="share of cost a year",
        low=0,
        high=10,
        plausible=(0, 0.1),
        why="none: works cost what was planned",
    )
    spillover: Real = spec(
        0.4,
        "share of benefits that falls on residents outside the parties' accounts",
        unit="share",
        low=0,
        high=1,
        open_high=True,
        source="assumption; about one half E102",
        plausible=(0.3, 0.6),
        why="about half is reported for neighbours in all; some of them are parties here",
    )
    misfit: Real = spec(
        0.15,
        "standard deviation of what only the locals know about a party's benefit",
        unit="share of mean benefit a party",
        low=0,
        high=10,
        source="assumption; E109",
        plausible=(0, 0.4),
        why="what outsiders cannot see is reported, its size is not",
    )
    ratio_mean: Real = spec(
        1.7,
        "mean benefit-cost ratio",
        unit="ratio",
        low=0,
        high=100,
        open_low=True,
        plausible=(1.2, 2.3),
        why="with the spread below, about 28 % of projects are not worth building",
    )
    ratio_log_sd: Real = spec(
        0.6,
        "standard deviation of the log of the benefit-cost ratio",
        unit="log points",
        low=0,
        high=5,
        plausible=(0.3, 0.9),
        why="wide, so that refusing is part of a good institution's work",
    )
    cost_min: Real = spec(
        0.3,
        "lowest cost",
        unit="parties' yearly budgets",
        low=0,
        high=1000,
        open_low=True,
        plausible=(0.1, 0.5),
        why="a third of a year's budgets of all parties together",
    )
    cost_max: Real = spec(
        1.2,
        "highest cost",
        unit="parties' yearly budgets",
        low=0,
        high=1000,
        open_low=True,
        plausible=(0.8, 2.5),
        why="somewhat more than a year's budgets of all parties together",
    )
    duplicable: Real = spec(
        0.5,
        "probability that a party could build a substitute alone",
        unit="probability",
        low=0,
        high=1,
        source="assumption; E06, E156",
        plausible=(0.2, 0.8),
        why="ports and the like can be copied, ring roads cannot",
    )
    distance_scale: Real = spec(
        80.0,
        "distance from the host over which a party's benefit falls to 1/e",
        unit="km",
        low=0,
        high=1e5,
        open_low=True,
        source="assumption; E103",
        plausible=(40, 160),
        why="about two provinces away in the Mekong Delta",
    )
    benefit_spread: Real = spec(
        0.5,
        "log standard deviation of benefits among the parties",
        unit="log points",
        low=0,
        high=10,
        plausible=(0.2, 1),
        why="parties of one work gain unequally",
    )
    agenda_life: Whole = spec(
        8,
        "years after which a project not signed is dropped",
        unit="years",
        low=1,
        high=50,
        plausible=(5, 15),
        why="longer than the seven years that an agreement took in north-east China (E138)",
    )
    kinds: tuple[ProjectKind, ...] = spec(KINDS, "kinds of projects and how often each arises")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        """Check that no lower end lies above its upper end."""
        for stem in ("parties", "build", "cost"):
            low, high = getattr(self, f"{stem}_min"), getattr(self, f"{stem}_max")
            if low > high:
                raise problem(
                    f"found {low:g}, allowed is at most {stem}_max, which is {high:g}",
                    f"{stem}_min",
                )
        names = [kind.name for kind in self.kinds]
        if not names:
            raise problem("found no kind, allowed is one kind or more", "kinds")
        if len(set(names)) < len(names):
            raise problem(f"found a name twice in {', '.join(names)}", "kinds")
        return self


class ProjectRow(Record):
    """One project of an explicit table; money in the region's currency unit."""

    year: Whole = spec(
        ..., "year in which it comes up", unit="year of the run", low=1, source="data"
    )
    host: Text = spec(..., "code of the hosting government", source="data")
    parties: tuple[Text, ...] = spec(..., "codes of all parties, the host first", source="data")
    cost: Real = spec(
        ..., "total cost", unit="currency", low=0, high=MOST_MONEY, open_low=True, source="data"
    )
    build: Whole = spec(..., "time of building", unit="years", low=1, high=400, source="data")
    life: Whole = spec(
        ..., "years of benefits once open", unit="years", low=1, high=1000, source="data"
    )
    own: tuple[Real, ...] = spec(
        ...,
        "yearly benefit of each party, may be negative",
        unit="currency a year",
        source="data",
    )
    spillover: Real = spec(
        ...,
        "yearly benefit outside the parties' accounts",
        unit="currency a year",
        low=0,
        high=MOST_MONEY,
        source="data",
    )
    duplicable: Flag = spec(False, "whether a party could build a substitute alone", source="data")
    touches_land: Flag = spec(False, "whether it needs land or changes land use", source="data")
    kind: Text = spec("project", "name of the kind, lower case", source="data")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """Check the parties and their benefits against each other."""
        size = len(self.parties)
        if not 2 <= size <= 12:
            raise problem(f"found {size} codes, allowed are 2 to 12", "parties")
        if len(set(self.parties)) < size:
            raise problem(f"found a code twice in {', '.join(self.parties)}", "parties")
        if self.parties[0] != self.host:
            raise problem(
                f"found '{self.parties[0]}' first, allowed is the host '{self.host}'", "parties"
            )
        if len(self.own) != size:
            raise problem(
                f"found {len(self.own)} benefits, allowed is one for each of {size} parties", "own"
            )
        for number, amount in enumerate(self.own):
            if abs(amount) > MOST_MONEY:
                raise problem(
                    f"found {amount:g}, allowed is a finite number in "
                    f"[{-MOST_MONEY:g}, {MOST_MONEY:g}]",
                    "own",
                    number,
                )
        return self
