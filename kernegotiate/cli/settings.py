"""Values given as `key=value`."""

from collections.abc import Iterable
from typing import Any

from kernegotiate.scenario import ScenarioError, parameters


def read_settings(words: Iterable[str]) -> dict[str, Any]:
    """Read `key=value` words.

    Args:
        words: Such as ``["quota=0.5", "backstop=true", "proposal_rule=benefit"]``.

    Returns:
        Values by keyword; whether they are in range, and keywords known, is checked where they
        are used.

    Raises:
        ScenarioError: A word has no `=`, a keyword comes twice, or a text is no such value.
    """
    known = {parameter.name: parameter for parameter in parameters()}
    settings: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or not key:
            raise ScenarioError(f"--set: found '{word}', allowed is KEY=VALUE, such as quota=0.5")
        if key in settings:
            raise ScenarioError(f"--set: {key}: found twice, allowed is once")
        try:
            settings[key] = known[key].parse(text) if key in known else text
        except ScenarioError as error:
            raise ScenarioError(f"override: {error}") from None
    return settings
