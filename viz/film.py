"""A run recorded year by year: going back shows what was recorded and runs nothing again."""

import threading
from collections.abc import Callable, Sequence

from cachetools import Cache, LRUCache, cached

from kernegotiate import RegionModel
from kernegotiate.agents.refusals import Witness
from viz.asked import Asked
from viz.state import Run
from viz.view import View, look

KEPT = 48
"""Films that are kept at most: those who watch the same run share one."""
MOST = 300_000
"""Size of all that are kept (see `Film.size`), some 300 MB: a film grows while it is watched."""


class Film:
    """A run, recorded as far as somebody has looked; may be asked from several threads.

    Args:
        run: What is recorded.
        grown: Is called after each year that is recorded.

    Attributes:
        size: Events, and works in all views; either takes about a kilobyte.

    Raises:
        ScenarioError: The run cannot be made.
    """

    def __init__(self, run: Run, grown: Callable[[], None] = lambda: None) -> None:
        scenario, institution = run.resolved()
        self._model = RegionModel(scenario, institution, run.seed, government_class=Asked)
        self._witness = Witness.of(self._model)
        self._lock = threading.Lock()
        self._views: list[View] = [look(self._model, self._witness, None)]
        self._grown = grown
        self.size = self._views[0].count + len(self._views[0].works)

    @property
    def views(self) -> Sequence[View]:
        """What is recorded, from year 0."""
        return self._views

    def at(self, year: int) -> View:
        """The end of a year; of the last one if the run is over before."""
        with self._lock:
            while len(self._views) <= year and not self._views[-1].over:
                self._model.step()
                last, view = self._views[-1], look(self._model, self._witness, self._views[-1])
                self._views.append(view)
                self.size += view.count - last.count + len(view.works)
                self._grown()
        return self._views[min(year, len(self._views) - 1)]


_films: LRUCache[Run, Film] = LRUCache(KEPT)
_shelf = threading.Condition()


# Forty who open one link at once wait for one film.
@cached(_films, condition=_shelf, info=True)
def film(run: Run) -> Film:
    """The film of a run."""
    return Film(run, _make_room)


def _make_room() -> None:
    """Let go of the films that nobody has looked at for longest, until the others fit."""
    with _shelf:
        while len(_films) > 1 and _size() > MOST:
            _films.popitem()


def _size() -> int:
    """Size of all films, without counting as a look at them."""
    return sum(Cache.__getitem__(_films, run).size for run in _films)
