"""What one browser session watches: its state, and whether the clock runs."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import solara

from kernegotiate.scenario import ScenarioError
from viz import deals
from viz.asking import ask
from viz.film import Film, film
from viz.offered import offered
from viz.state import LARGEST_SEED, State, start, whole
from viz.stories import stories
from viz.view import View
from viz.wrong import Wrong


@dataclass(frozen=True)
class Pace:
    """How fast the clock runs.

    Attributes:
        name: By which the languages know it.
        unit: What is shown one by one: "deal" or "year". Two runs that are compared go by years.
        seconds: Between two of them.
    """

    name: str
    unit: str
    seconds: float


PACES = (
    Pace("slowly", "deal", 4.0),
    Pace("deals", "deal", 1.5),
    Pace("years", "year", 1.0),
    Pace("fast", "year", 0.25),
)
WARM = threading.Event()
"""Set once all that a run needs is loaded, or compiled: the first time that takes a minute."""


def warm_up() -> None:
    """Load, in the background, all that a run needs, so that no visitor waits without a word."""

    def a_run() -> None:
        try:
            first = start()
            film(first.run).at(1000)
            film(first.other_run).at(1)
            ask(first.run, first.preset)
        finally:
            WARM.set()

    threading.Thread(target=a_run, daemon=True).start()


class Session:
    """What a page shows, and what may be done to it.

    Buttons and the thread that plays may change it at the same time: one after the other.

    Attributes:
        state: Everything that decides what is shown.
        playing: Whether the clock runs.
        pace: How fast.
        wrong: What could not be done of what was last asked for; None if all could.
    """

    def __init__(self, opening: State | None = None) -> None:
        self._lock = threading.RLock()
        self.state = solara.Reactive(opening or start())
        self.playing = solara.Reactive(False)
        self.pace = solara.Reactive(PACES[1])
        self.wrong: solara.Reactive[Wrong | None] = solara.Reactive(None)

    def show(self, **changes: Any) -> None:
        """Show another page, language, government or year; another world starts at year 0."""
        with self._lock:
            self._go(replace(self.state.peek(), **changes))

    def single_out(self, work: str) -> None:
        """Look at one work, or no longer at the one that was looked at."""
        with self._lock:
            state = self.state.peek()
            self._go(replace(state, work="" if work == state.work else work))

    def tell(self, story: int) -> None:
        """Tell a story of the workshop from its start, in this view and language; 0 for none."""
        with self._lock:
            state = self.state.peek()
            if not 0 < story <= len(stories()):
                return self._go(replace(state, story=0), anew=False)
            shown = State.read(stories()[story - 1].link)
            kept = {"language": state.language, "view": state.view, "story": story}
            return self._go(replace(shown, **kept), anew=False)

    def choose_scenario(self, name: str) -> None:
        """Take another scenario with nothing changed; a case brings its own coordinator."""
        known = offered()
        own = known.scenarios[name].institution
        body = {"coordinator": own.name} if own and own.name in known.institutions else {}
        self.show(scenario=name, government="", changes=(), **body)

    def choose_coordinator(self, name: str) -> None:
        """Take another coordinator, its levers as they usually are, in the same year."""
        with self._lock:
            self._go(self.state.peek().with_coordinator(name))

    def return_to(self, query: str) -> None:
        """Show what was shown before, in our language: somebody has gone back, or on again."""
        self._try(
            "bad_link",
            lambda state: replace(State.read(query), language=state.language),
            anew=False,
        )

    def sow(self, text: str) -> None:
        """Take another seed; what is none is told in `wrong`."""
        self._try("bad_seed", lambda state: replace(state, seed=whole("seed", text, LARGEST_SEED)))

    def change(self, name: str, value: Any) -> None:
        """Change a setting; one that is not allowed is told in `wrong`."""
        self._try("not_possible", lambda state: state.changed(name, value))

    def bet(self, card: int, points: int | None) -> None:
        """Bet on a card, or take the bet back; what is none is told in `wrong`."""
        self._try("not_possible", lambda state: state.with_bet(card, points))

    def undo(self, name: str | None = None) -> None:
        """Take one change back, or all of them."""
        self._try("not_possible", lambda state: state.undone(name))

    def open(self, query: str) -> None:
        """Show what a saved file holds, in our language; what is wrong is told in `wrong`."""
        self._try(
            "bad_file",
            lambda state: replace(State.read(query), language=state.language),
            anew=False,
        )

    def step(self, years: int = 1) -> None:
        """Some years on or back; the clock stops at the end."""
        with self._lock:
            self.go_to(self.state.peek().year + years)

    def turn(self, on: int = 1) -> None:
        """To the next deal (1) or to the one before (-1), in this year or beyond it.

        Two runs that are compared have deals of their own, and go year by year.
        """
        with self._lock:
            state = self.state.peek()
            if state.page == "compare":
                return self.step(on)
            there = len(deals.of_year(film(state.run).at(state.year)))
            at = state.deal or there
            if on < 0:
                if at > 1:
                    return self._go(replace(state, deal=at - 1, work=""))
                return self.go_to(state.year - 1)
            if at < there:
                return self._go(replace(state, deal=at + 1, work=""))
            return self.go_to(state.year + 1, first=True)

    def go_to(self, year: int, *, first: bool = False) -> None:
        """Show a whole year, or its first deal alone; the last one at most, where the clock stops.

        Args:
            year: To show.
            first: Whether to begin with its first deal, if it has any.
        """
        with self._lock:
            state, year = self.state.peek(), max(0, year)
            films = films_of(state)
            ends = all(one.at(year).over for one in films)
            if ends:
                year = min(year, max(one.at(year).year for one in films))
            if first and year == state.year:  # there is nothing beyond
                self.playing.value = False
                return
            deal = int(first and bool(deals.of_year(films[0].at(year))))
            if ends and not deal:
                self.playing.value = False
            after = replace(state, year=year, deal=deal, work="")
            if after != state:
                self.state.value = after

    def play(self, stop: threading.Event) -> None:
        """Step until told to stop, or to the end."""
        while True:
            with self._lock:
                if stop.is_set() or not self.playing.peek():
                    return
                pace = self.pace.peek()
                try:
                    self.turn() if pace.unit == "deal" else self.step()
                except Exception:
                    self.playing.value = False
                    raise
            stop.wait(pace.seconds)

    def _try(self, or_else: str, change: Callable[[State], State], *, anew: bool = True) -> None:
        with self._lock:
            try:
                state = change(self.state.peek())
            except ScenarioError as error:
                self.wrong.value = Wrong(or_else, error)
                return
            self.wrong.value = None  # also if it changes nothing
            self._go(state, anew=anew)

    def _go(self, state: State, *, anew: bool = True) -> None:
        """Show another state, at rest if that is another run; `anew`: another world from year 0.

        Another law shows the same year, which is what one wants to see under it.
        """
        before = self.state.peek()
        if (state.run, state.other) != (before.run, before.other):
            self.playing.value = False
            another = (state.scenario, state.seed) != (before.scenario, before.seed)
            if anew and state.year == before.year:
                year = 0 if another else state.year
                state = replace(state, year=year, deal=0, work="")
        if state.page != before.page:
            self.playing.value = False
        if state != replace(before, language=state.language):
            self.wrong.value = None
        self.state.value = state


def films_of(state: State) -> tuple[Film, ...]:
    """What the clock runs through: one run, or the two that are compared."""
    runs = (state.run, state.other_run) if state.page == "compare" else (state.run,)
    return tuple(map(film, runs))


def views_of(state: State) -> tuple[View, ...]:
    """The runs at the year to show."""
    return tuple(one.at(state.year) for one in films_of(state))
