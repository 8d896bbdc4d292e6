"""How often something may be done by each address."""

import time
from collections import OrderedDict
from collections.abc import Callable

KNOWN = 4096  # addresses that are remembered; whoever is forgotten begins anew


class Budget:
    """A purse for each address: some at once, and then so many a second.

    Args:
        burst: How often at once.
        rate: How often a second from then on.
        clock: Tells seconds.
    """

    def __init__(
        self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._purses: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> bool:
        """Spend one; False if there is none left."""
        left = self.left(who)
        if left < 1:
            return False
        self._keep(who, left - 1)
        return True

    def owe(self, who: str) -> float:
        """Spend one, on credit if need be; the seconds to wait until it is paid."""
        left = self.left(who) - 1
        self._keep(who, left)
        return max(0.0, -left / self._rate)

    def left(self, who: str) -> float:
        """What an address may spend now."""
        left, since = self._purses.get(who, (self._burst, self._clock()))
        return min(self._burst, left + (self._clock() - since) * self._rate)

    def _keep(self, who: str, left: float) -> None:
        self._purses[who] = left, self._clock()
        self._purses.move_to_end(who)
        if len(self._purses) > KNOWN:
            self._purses.popitem(last=False)
