"""Many runs: the compiled ensemble over threads, results as tables. Imports neither Mesa nor Solara."""

from kernegotiate.batch.simulate import Runs, outcome, simulate

__all__ = ["Runs", "outcome", "simulate"]
