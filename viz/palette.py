"""Colours, chosen so that people who see red and green alike can tell them apart.

Works use the palette of Okabe and Ito; trust one hue from light to dark, on which black text and
every other colour can be read.
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

TRUST = ("#f4f8fc", "#d3e4f3", "#9ac7e2", "#4a93c9", "#0d4a8b")
"""From no trust (0) to full trust (1)."""

FONT = "Roboto, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
