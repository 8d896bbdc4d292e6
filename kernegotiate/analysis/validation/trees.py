"""When a mixed fact holds: a small tree over the settings of the points, in words.

A tree of two or three splits on hundreds of points finds the strongest conditions and invites to
read more into them than they bear: so no leaf has fewer than `FEWEST` points, and each leaf tells
how many it has. Grown by scikit-learn (CART, Breiman et al. 1984).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kernegotiate.scenario import ScenarioError

DEPTH, FEWEST = 2, 12


@dataclass(frozen=True)
class Leaf:
    """Points that meet the same conditions.

    Attributes:
        conditions: Such as ``trust <= 0.42``, all of them met; none in a tree without a split.
        points: How many there are.
        answers: How many of each answer.
    """

    conditions: tuple[str, ...]
    points: int
    answers: dict[str, int]


def grow(settings: pd.DataFrame, answers: Sequence[str]) -> list[Leaf]:
    """Say when which answer comes.

    Args:
        settings: Values of the factors, one row a point; words become one column a word.
        answers: One for each point.

    Raises:
        ScenarioError: scikit-learn is missing.
    """
    check_trees()
    from sklearn.tree import DecisionTreeClassifier

    features = pd.get_dummies(settings, prefix_sep=" is ").astype(float)
    model = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=FEWEST, random_state=0)
    classes = np.asarray(answers)
    grown = model.fit(features.to_numpy(), classes).tree_
    place = model.apply(features.to_numpy())

    def leaves(node: int, conditions: tuple[str, ...]) -> list[Leaf]:
        if grown.children_left[node] < 0:
            here = classes[place == node]
            counts = {str(one): int((here == one).sum()) for one in np.unique(here)}
            return [Leaf(conditions, len(here), counts)]
        name, bound = features.columns[grown.feature[node]], float(grown.threshold[node])
        below, above = _conditions(str(name), bound)
        return [
            *leaves(int(grown.children_left[node]), (*conditions, below)),
            *leaves(int(grown.children_right[node]), (*conditions, above)),
        ]

    return leaves(0, ())


def check_trees() -> None:
    """Say what to do if scikit-learn is missing.

    Raises:
        ScenarioError: It is.
    """
    try:
        import sklearn.tree  # noqa: F401
    except ImportError:
        raise ScenarioError(
            "trees need scikit-learn, which is not installed; install kernegotiate[validation]"
        ) from None


def _conditions(name: str, bound: float) -> tuple[str, str]:
    """Both sides of a split in words."""
    if " is " in name:
        return name.replace(" is ", " is not "), name
    return f"{name} <= {bound:.3g}", f"{name} > {bound:.3g}"
