"""The base of all parts of a study: frozen, closed to unknown keys, strict about types."""

from collections.abc import Callable
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from kernegotiate.scenario.errors import ScenarioError, did_you_mean, problem
from kernegotiate.scenario.messages import explain
from kernegotiate.scenario.spec import plain


class Record(BaseModel):
    """A validated, immutable value.

    Unknown keys, NaN and infinities are refused; NumPy scalars count as numbers. Whatever
    is wrong is raised as `ScenarioError` with one sentence, also from the constructor.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def __init__(self, **data: Any) -> None:
        """Check and keep the values.

        Raises:
            ScenarioError: A key is unknown or missing, or a value is not allowed.
        """
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise ScenarioError(*explain(error, type(self), data, type(self).__name__)) from None
        except RecursionError:
            raise ScenarioError(f"{type(self).__name__}: a value is nested too deeply") from None

    # Records inside records are then filled by pydantic itself, which keeps the whole path.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any) -> Any:
        """Refuse unknown keys with a suggestion; make NumPy values plain."""
        if not isinstance(data, dict):
            return data
        for key in data:
            if key not in cls.model_fields:
                hint = did_you_mean(str(key), cls.model_fields)
                raise problem(f"unknown key, {hint}", str(key))
        return {key: plain(value) for key, value in data.items()}

    @classmethod
    def checked(cls, data: Any, where: str) -> Self:
        """Validate raw data that came from somewhere.

        Args:
            data: The raw values, usually tables read from a file.
            where: The file or call to name in an error.

        Returns:
            The validated record.

        Raises:
            ScenarioError: A key is unknown or missing, or a value is not allowed.
        """
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise ScenarioError(*explain(error, cls, data, where)) from None
        except RecursionError:
            raise ScenarioError(f"{where}: a value is nested too deeply") from None

    def changed(self, where: str, **changes: Any) -> Self:
        """Return a copy with some fields replaced, checked like a file.

        Args:
            where: The call to name in an error.
            **changes: New values by field name.

        Returns:
            The changed record; `self` when nothing changes.

        Raises:
            ScenarioError: A key is unknown, or a value is not allowed.
        """
        return self.checked({**dict(self), **changes}, where) if changes else self

    def refilled(self, **checked: Any) -> Self:
        """Return a copy with some fields replaced by values that were checked one by one.

        Checks only what a record asks of its fields together, which makes it several times as
        fast as `changed`; for the points of a design, whose columns are checked at once.

        Args:
            **checked: Values as `Parameter.validate` returns them, by the names of fields that
                no check of the class is about alone.

        Raises:
            ValueError: Fields do not go together. `changed` says so in a sentence.
        """
        made = self.model_copy(update=checked)
        for check in _joint_checks(type(self)):
            check(made)
        return made


@cache
def _joint_checks(model: type[Record]) -> tuple[Callable[[Any], Any], ...]:
    """What a record asks of its fields together."""
    found = model.__pydantic_decorators__.model_validators
    return tuple(
        getattr(model, name) for name, check in found.items() if check.info.mode == "after"
    )
