"""What runs say: outcomes with their uncertainty, paired comparisons, experiments and claims.

Names are loaded when first used, so that listing experiments does not wait for the engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kernegotiate.analysis.changes import WhatIf, what_if
    from kernegotiate.analysis.claims import Claim, ClaimResult
    from kernegotiate.analysis.comparison import Comparison, compare, summarise
    from kernegotiate.analysis.estimators import Estimate, estimate, variance_saved
    from kernegotiate.analysis.experiment.arm import Arm
    from kernegotiate.analysis.experiment.experiment import Experiment
    from kernegotiate.analysis.experiment.files import experiment_names, experiment_title
    from kernegotiate.analysis.experiment.findings import Findings
    from kernegotiate.analysis.explanation import Explanation, account, explain
    from kernegotiate.analysis.precision import FIRST, Precision
    from kernegotiate.analysis.results import Results
    from kernegotiate.analysis.validation.validation import Validation, validate

_MODULE = {
    "FIRST": "precision",
    "Arm": "experiment.arm",
    "Claim": "claims",
    "ClaimResult": "claims",
    "Comparison": "comparison",
    "Estimate": "estimators",
    "Experiment": "experiment.experiment",
    "Explanation": "explanation",
    "Findings": "experiment.findings",
    "Precision": "precision",
    "Results": "results",
    "Validation": "validation.validation",
    "WhatIf": "changes",
    "account": "explanation",
    "compare": "comparison",
    "estimate": "estimators",
    "experiment_names": "experiment.files",
    "experiment_title": "experiment.files",
    "explain": "explanation",
    "summarise": "comparison",
    "validate": "validation.validation",
    "variance_saved": "estimators",
    "what_if": "changes",
}

__all__ = [
    "FIRST",
    "Arm",
    "Claim",
    "ClaimResult",
    "Comparison",
    "Estimate",
    "Experiment",
    "Explanation",
    "Findings",
    "Precision",
    "Results",
    "Validation",
    "WhatIf",
    "account",
    "compare",
    "estimate",
    "experiment_names",
    "experiment_title",
    "explain",
    "summarise",
    "validate",
    "variance_saved",
    "what_if",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module on first use."""
    if name not in _MODULE:
        raise AttributeError(f"kernegotiate.analysis has no attribute {name!r}")
    value = getattr(import_module(f"kernegotiate.analysis.{_MODULE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All public names, loaded or not."""
    return sorted({*globals(), *__all__})
