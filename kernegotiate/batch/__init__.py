"""Many runs: the compiled ensemble over threads, tables out. Imports neither Mesa nor Solara."""

from kernegotiate.batch.simulation import Runs, outcome, simulate

__all__ = ["Runs", "outcome", "simulate"]
