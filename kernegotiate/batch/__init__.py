"""Many runs: the compiled ensemble over threads, tables out. Imports neither Mesa nor Solara."""

from kernegotiate.batch.simulate import Runs, outcome, simulate

__all__ = ["Runs", "outcome", "simulate"]
