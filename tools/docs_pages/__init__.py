"""Pages that are generated from code and tests: proof sheets of levers, the table of parameters.

    python -m tools.docs_pages            # text of all pages
    python -m tools.docs_pages --sweep    # first simulate the figures anew

`pages` is the text as it should stand in `docs/`; a test compares it with what stands there.
Figures and the numbers behind them are made on demand: they change with the engine, the text with
them.
"""

from tools.docs_pages.pages import figures, pages, repository

__all__ = ["figures", "pages", "repository"]
