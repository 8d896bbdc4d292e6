"""What one browser session watches: its choice, its model, whether it plays."""

import threading
from dataclasses import dataclass, replace
from typing import Any

import solara

from kernegotiate import RegionModel, institution_names, scenario_names
from viz.view import View, look

YEARS_A_SECOND = 1.5


@dataclass(frozen=True)
class Choice:
    """What determines a run, to the last bit."""

    scenario: str
    coordinator: str
    seed: int = 1

    def model(self) -> RegionModel:
        """The run at its start."""
        return RegionModel(self.scenario, self.coordinator, self.seed)


def first_choice() -> Choice:
    """What a new session shows."""
    return Choice(
        scenario=_preferred("mekong_delta", scenario_names()),
        coordinator=_preferred("advisory_council", institution_names()),
    )


def warm_up() -> None:
    """Load, in the background, all that a run needs, so that no visitor waits for it."""

    def a_run() -> None:
        model = first_choice().model()
        while not model.is_over:
            model.step()

    threading.Thread(target=a_run, daemon=True).start()


class Session:
    """A model that is stepped, reset or replaced, and the latest view of it.

    Buttons and the thread that plays may do so at the same time: one after the other, and what is
    shown is always the state of the present model.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.choice = solara.Reactive(first_choice())
        self._model = self.choice.peek().model()
        self.view: solara.Reactive[View] = solara.Reactive(look(self._model))
        self.playing = solara.Reactive(False)

    def choose(self, **changes: Any) -> None:
        """Choose another scenario, coordinator or seed, and start anew."""
        choice = replace(self.choice.peek(), **changes)
        if choice != self.choice.peek():
            self._start(choice)

    def reset(self) -> None:
        """Back to year 0 of the same run."""
        self._start(self.choice.peek())

    def step(self) -> None:
        """One year more; stops playing at the end."""
        with self._lock:
            self._advance()

    def play(self, stop: threading.Event) -> None:
        """Step until told to stop, or to the end."""
        while True:
            with self._lock:
                if stop.is_set() or not self.playing.peek():
                    return
                self._advance()
            stop.wait(1 / YEARS_A_SECOND)

    def _advance(self) -> None:
        self._model.step()
        self.view.value = look(self._model)
        if self._model.is_over:
            self.playing.value = False

    def _start(self, choice: Choice) -> None:
        model = choice.model()
        with self._lock:
            self.playing.value = False
            self._model = model
            self.choice.value = choice
            self.view.value = look(model)


def _preferred(name: str, names: list[str]) -> str:
    return name if name in names else names[0]
