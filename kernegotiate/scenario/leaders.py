"""Terms, turnover and character of leaders."""

from typing import Literal

from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Real, Whole, spec

Calendar = Literal["synchronised", "staggered", "random"]
"""Whether all terms end together, spread evenly over the years, or at random."""


class LeaderRules(Record):
    """How long leaders serve and how their characters are spread.

    Parochial and legacy weights are Beta distributed, given by mean and concentration;
    the weight on visible credit is Gamma distributed, given by shape and mean.
    """

    term: Whole = spec(
        5, "length of a term", unit="years", low=1, high=50, source="assumption; E121"
    )
    term_limit: Whole = spec(
        2, "number of terms that a leader may serve", unit="terms", low=1, high=50
    )
    renewal: Real = spec(
        0.5,
        "probability of staying on for a next term within the limit",
        unit="probability",
        low=0,
        high=1,
    )
    calendar: Calendar = spec(
        "synchronised",
        "whether terms end together, evenly staggered in the order of codes, or at random",
    )
    parochial_mean: Real = spec(
        0.6,
        "mean weight on one's own locality against the region's average gain",
        unit="weight",
        low=0,
        high=1,
        source="assumption; E01, E51, E113",
    )
    parochial_k: Real = spec(
        8.0,
        "concentration of parochial weights; larger is more alike",
        unit="Beta concentration",
        low=0,
        high=1e6,
        open_low=True,
    )
    legacy_mean: Real = spec(
        0.35,
        "mean weight on what happens after leaving office",
        unit="weight",
        low=0,
        high=1,
        source="assumption; E121, E157",
    )
    legacy_k: Real = spec(
        6.0,
        "concentration of legacy weights; larger is more alike",
        unit="Beta concentration",
        low=0,
        high=1e6,
        open_low=True,
    )
    credit_shape: Real = spec(
        3.0,
        "shape of the distribution of credit weights; larger is more alike",
        unit="Gamma shape",
        low=0,
        high=1e6,
        open_low=True,
    )
    credit_mean: Real = spec(
        0.35,
        "mean weight on visible credit, in project cost",
        unit="share of project cost",
        low=0,
        high=100,
        source="assumption; E122",
    )
