"""The window with a mistake in it: runs with the seed 13 cannot be drawn."""

import viz.app
from viz.app import Layout, Page
from viz.session import views_of
from viz.state import State
from viz.view import View

__all__ = ["Layout", "Page"]


def fail(state: State) -> tuple[View, ...]:
    """Views, but for one seed."""
    if state.seed == 13:
        raise ZeroDivisionError("unlucky")
    return views_of(state)


viz.app.views_of = fail
