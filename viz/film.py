"""A run recorded year by year: going back shows what was recorded and runs nothing again."""

import threading
from collections.abc import Sequence

from cachetools import LRUCache, cached

from kernegotiate import RegionModel
from kernegotiate.agents.refusals import Witness
from viz.asked import Asked
from viz.state import Run
from viz.view import View, look

KEPT = 48
"""Films that are kept: those who watch the same run share one, and memory stays bounded."""


class Film:
    """A run, recorded as far as somebody has looked; may be asked from several threads.

    Args:
        run: What is recorded.

    Raises:
        ScenarioError: The run cannot be made.
    """

    def __init__(self, run: Run) -> None:
        scenario, institution = run.resolved()
        self._model = RegionModel(scenario, institution, run.seed, government_class=Asked)
        self._witness = Witness.of(self._model)
        self._lock = threading.Lock()
        self._views: list[View] = [look(self._model, self._witness, None)]

    @property
    def views(self) -> Sequence[View]:
        """What is recorded, from year 0."""
        return self._views

    def at(self, year: int) -> View:
        """The end of a year; of the last one if the run is over before."""
        with self._lock:
            while len(self._views) <= year and not self._views[-1].over:
                self._model.step()
                self._views.append(look(self._model, self._witness, self._views[-1]))
        return self._views[min(year, len(self._views) - 1)]


# Forty who open one link at once wait for one film.
@cached(LRUCache(KEPT), condition=threading.Condition(), info=True)
def film(run: Run) -> Film:
    """The film of a run."""
    return Film(run)
