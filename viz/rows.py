"""Rows of a panel: headings, shares as bars, labels with figures."""
# ruff: noqa: N802

import solara


@solara.component
def Heading(text: str, hint: str = "") -> None:
    """A heading in the panel."""
    solara.v.Html(tag="h3", children=[text])
    if hint:
        solara.v.Html(tag="p", class_="hint", children=[hint])


@solara.component
def Bars(title: str, bars: list[tuple[str, float, str]]) -> None:
    """Shares as bars: label, share of the length, figure."""
    with solara.Div(classes=["rows"]):
        if title:
            solara.v.Html(tag="p", class_="hint", children=[title])
        for label, share, figure in bars:
            with solara.Div(classes=["share"]):
                solara.v.Html(tag="span", children=[label])
                with solara.Div(classes=["track"]):
                    solara.Div(style=f"width: {100 * share:.0f}%", classes=["filled"])
                solara.v.Html(tag="b", children=[figure])


@solara.component
def Sums(sums: list[tuple[str, str]]) -> None:
    """Labels and figures."""
    with solara.Div(classes=["rows"]):
        for label, figure in sums:
            with solara.Div(classes=["sum"]):
                solara.v.Html(tag="span", children=[label])
                solara.v.Html(tag="b", children=[figure])
