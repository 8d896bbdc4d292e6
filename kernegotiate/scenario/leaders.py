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
        5,
        "length of a term",
        unit="years",
        low=1,
        high=50,
        source="assumption; E121",
        plausible=(3, 7),
        why="legal term of People's Councils, not checked against a source here",
    )
    term_limit: Whole = spec(
        2,
        "number of terms that a leader may serve",
        unit="terms",
        low=1,
        high=50,
        plausible=(1, 4),
        why="two terms are a common limit; no source states one",
    )
    renewal: Real = spec(
        0.5,
        "probability of staying on for a next term within the limit",
        unit="probability",
        low=0,
        high=1,
        plausible=(0.2, 0.8),
        why="even odds",
    )
    renewal_results: Real = spec(
        0.0,
        "how much a work opened raises, and a promise broken lowers, the chance of staying on",
        unit="probability a work",
        low=0,
        high=1,
        source="assumption; E122",
        plausible=(0, 0.15),
        why="not at all: every institution then meets the same leaders",
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
        plausible=(0.3, 0.9),
        why="localism prevails in every account, never as a number",
    )
    parochial_k: Real = spec(
        8.0,
        "concentration of parochial weights; larger is more alike",
        unit="Beta concentration",
        low=0,
        high=1e6,
        open_low=True,
        plausible=(3, 30),
        why="wide: most weights lie between .3 and .85",
    )
    legacy_mean: Real = spec(
        0.35,
        "mean weight on what happens after leaving office",
        unit="weight",
        low=0,
        high=1,
        source="assumption; E121, E157",
        plausible=(0.1, 0.6),
        why="short-term thinking prevails, but is not total",
    )
    legacy_k: Real = spec(
        6.0,
        "concentration of legacy weights; larger is more alike",
        unit="Beta concentration",
        low=0,
        high=1e6,
        open_low=True,
        plausible=(3, 30),
        why="wide: most weights lie between .1 and .65",
    )
    credit_shape: Real = spec(
        3.0,
        "shape of the distribution of credit weights; larger is more alike",
        unit="Gamma shape",
        low=0,
        high=1e6,
        open_low=True,
        plausible=(1.5, 10),
        why="skewed: a few leaders care a great deal for visible works",
    )
    credit_mean: Real = spec(
        0.35,
        "mean weight on visible credit, in project cost",
        unit="share of project cost",
        low=0,
        high=100,
        source="assumption; E122",
        plausible=(0.1, 0.7),
        why="leaders are judged by what can be seen; size unknown",
    )
