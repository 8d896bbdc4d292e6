"""Colours, chosen so that people who see red and green alike can tell them apart.

Works use the palette of Okabe and Ito, and so do the two ends of trust.
"""

INK = "#1b2733"
FAINT = "#5c6b7a"
RULE = "#d5dce3"
PAPER = "#ffffff"

PROPOSED = "#8a97a5"
UNDER_WAY = "#e69f00"
OPEN = "#009e73"
DIED = "#2b2b2b"
POSSIBLE = "#8a97a5"
WELFARE = "#0072b2"

AGAINST = "#d55e00"
FIRST = "#0072b2"
SECOND = "#d55e00"
COPY = "#a23b7d"
LAND = "#dfe5ea"
HATCH = "#b9c4ce"
CHOSEN = "#f7dc7f"

TRUST = ("#d55e00", "#e8a46c", "#d9d3cb", "#6fa8d0", "#0072b2")
"""From no trust (0) over grey to full trust (1)."""

FONT = "Roboto, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"


def sheet() -> str:
    """The colours as variables of a style sheet: `UNDER_WAY` is `--under-way` there."""
    colors = {name: value for name, value in globals().items() if str(value).startswith("#")}
    lines = (f"--{name.lower().replace('_', '-')}: {value};" for name, value in colors.items())
    return f":root {{ {' '.join(lines)} }}"
