"""A government that remembers what it last answered: who stays outside leaves no event."""

from kernegotiate.agents import LocalGovernment
from kernegotiate.agents.questions import Membership


class Asked(LocalGovernment):
    """Decides as any other.

    Attributes:
        answer: The last question about a voluntary body; None if it has never been asked.
    """

    answer: Membership | None = None

    def stay(self, membership: Membership) -> bool:
        """Be a member of a voluntary body, or stay or go outside."""
        self.answer = membership
        return super().stay(membership)
