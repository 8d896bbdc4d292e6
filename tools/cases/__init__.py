"""Pages of the cases in `docs/cases/`: what sources report beside what the model shows."""

from tools.cases.figure import draw
from tools.cases.pages import pages
from tools.cases.results import read_results, rows_of, simulated

__all__ = ["draw", "pages", "read_results", "rows_of", "simulated"]
