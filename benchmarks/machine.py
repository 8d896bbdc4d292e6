"""Where and when something was measured, in general words."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version

from kernegotiate.engine.cache import source_hash


def machine() -> str:
    """Versions, processors, load of the last minute (before the measurement) and date."""
    libraries = ", ".join(
        f"{name} {version(name.lower())}" for name in ("Mesa", "Numba", "NumPy", "SciPy", "pandas")
    )
    return (
        f"{datetime.now(UTC):%d %B %Y}; engine {source_hash()}; "
        f"Python {platform.python_version()}, {libraries}; "
        f"{os.cpu_count()} {platform.machine()} processors, {platform.system()}; "
        f"load average at the start {os.getloadavg()[0]:.1f}"
    )
