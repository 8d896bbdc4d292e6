"""What can become of a joint work, and the form and the colour in which each is shown.

A form is told from all others without its colour; `tests/viz/test_forms.py` holds that against what
people see who are colour-blind. The same form stands for a state in the headline, on the map, in
its key and in the feed.
"""

from dataclasses import dataclass

from viz import palette

SIDE = 16  # of a form, in its own units


@dataclass(frozen=True)
class Form:
    """How a state is drawn.

    Attributes:
        name: By which the languages know it.
        color: The one that the state has.
        drawing: SVG, in a square of `SIDE`.
    """

    name: str
    color: str
    drawing: str


def _square(fill: str, rest: str = "", stroke: str = palette.INK) -> str:
    return (
        f'<rect x="2.5" y="2.5" width="11" height="11" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="1.6"/>{rest}'
    )


def _strokes(path: str, color: str, width: float) -> str:
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}"/>'


WAITING = Form("waiting", palette.INK, _square(palette.PAPER))
WAY = Form(
    "way",
    palette.UNDER_WAY,
    _square(palette.PAPER, f'<path d="M3.3 8h9.4v4.7H3.3z" fill="{palette.UNDER_WAY}"/>'),
)
OPENED = Form("opened", palette.OPEN, _square(palette.OPEN, stroke=palette.OPEN))
DIED = Form("died", palette.DIED, _strokes("M3 3L13 13M13 3L3 13", palette.DIED, 2.8))
UNSIGNED = Form("unsigned", palette.FAINT, _strokes("M3 8H13", palette.FAINT, 2.4))
COPY = Form(
    "copy",
    palette.COPY,
    _strokes("M2 2h8v8H2z", palette.COPY, 1.7) + _strokes("M6 6h8v8H6z", palette.COPY, 1.7),
)

OF_A_WORK = {
    "on the agenda": WAITING,
    "under way": WAY,
    "completed": OPENED,
    "dead": DIED,
    "expired": UNSIGNED,
}
"""By its status, see `kernegotiate.agents.projects.STATUS`."""
FORMS = (OPENED, WAY, WAITING, DIED, UNSIGNED, COPY)
BUILT = (OPENED, WAY, DIED, COPY)
"""What leaves something on the land, in the order in which the map has it."""

ICONS = {
    "port": "M8 5.2V13M5.4 7.2h5.2M3.4 9.8c.6 2 2.3 3.2 4.6 3.2s4-1.2 4.6-3.2"
    "M8 5.200a1.4 1.4 0 1 1 .01 0",
    "ring road": "M8 3.200a4.8 4.8 0 1 1-.01 0M8 6.400a1.6 1.6 0 1 1-.01 0",
    "treatment plant": "M8 3c2 2.6 3.6 4.5 3.6 6.400a3.6 3.6 0 0 1-7.2 0C4.4 7.5 6 5.6 8 3z",
    "flood-warning system": "M3 6.500q1.3-1.6 2.5 0t2.5 0 2.5 0 2.5 0M3 10.500q1.3-1.6 2.5 0t2.5 0 "
    "2.5 0 2.5 0",
    "value-chain hub": "M8 8V4M8 8l-3.6 3M8 8l3.6 3",
    "data centre": "M4 4.500h8M4 8h8M4 11.500h8",
}
"""What is drawn on an open work, by its kind, as an SVG path in a square of `SIDE`."""


def symbols() -> str:
    """All forms, to be used by their name wherever a page draws one: `#form-way`."""
    drawn = "".join(
        f'<symbol id="form-{form.name}" viewBox="0 0 {SIDE} {SIDE}">{form.drawing}</symbol>'
        for form in FORMS
    )
    return f'<svg width="0" height="0" style="position:absolute" aria-hidden="true">{drawn}</svg>'
