"""What a shipped scenario, case or institution is based on, as its file says."""

import tomllib

from kernegotiate.scenario import shipped


def base_of(folder: str, name: str) -> str | None:
    """The name of the base of a built-in; None if it stands for itself.

    Args:
        folder: Such as ``"scenarios/institutions"``.
        name: Of the built-in.
    """
    text = (shipped(folder) / f"{name}.toml").read_text(encoding="utf-8")
    base = tomllib.loads(text).get("based_on")
    return None if base is None else str(base)
