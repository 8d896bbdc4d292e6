"""Values given as `key=value`."""

import tomllib
from collections.abc import Iterable
from typing import Any

from kernegotiate.scenario import ScenarioError, parameters


def read_settings(words: Iterable[str]) -> dict[str, Any]:
    """Read `key=value` words; values are written as in TOML, words without quotes.

    Args:
        words: Such as ``["quota=0.5", "backstop=true", "proposal_rule=benefit"]``.

    Returns:
        Values by keyword; whether they are allowed is checked where they are used.

    Raises:
        ScenarioError: A word has no `=`, or a keyword comes twice.
    """
    settings: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or not key:
            raise ScenarioError(f"--set: found '{word}', allowed is KEY=VALUE, such as quota=0.5")
        if key in settings:
            raise ScenarioError(f"--set: {key}: found twice, allowed is once")
        settings[key] = _value(key, text)
    return settings


def _value(key: str, text: str) -> Any:
    """Read a value; what is no TOML, or asked for as a word, is a word."""
    if any(parameter.name == key and parameter.choices for parameter in parameters()):
        return text
    try:
        read = tomllib.loads(f"value = {text}\n")
    except tomllib.TOMLDecodeError:
        return _number(text)
    return read["value"] if len(read) == 1 else text


def _number(text: str) -> Any:
    """Read numbers that TOML would write otherwise, such as ``.5``."""
    try:
        return float(text)
    except ValueError:
        return text
