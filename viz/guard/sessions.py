"""How many pages may be open: in all, and of one address."""

from collections import Counter
from collections.abc import Callable, Container

MOST = 120  # pages in all: a hall, on one laptop
OF_ONE = 30  # pages of one address; twenty laptops behind one router still fit
SOCKETS = 2  # of one page: the one that just dropped may not have been missed yet


class Sessions:
    """Pages that are open, or whose state is still kept for their return.

    Args:
        kept: Ids of pages that the window keeps a state for.
        most: Pages in all.
        of_one: Pages of one address.
    """

    def __init__(
        self,
        kept: Callable[[], Container[str]],
        most: int = MOST,
        of_one: int = OF_ONE,
    ) -> None:
        self._kept, self._most, self._of_one = kept, most, of_one
        self._owners: dict[str, str] = {}  # address, by id
        self._sockets: Counter[str] = Counter()

    def full(self, address: str) -> bool:
        """Whether no further page can be opened from an address."""
        self._forget()
        theirs = sum(owner == address for owner in self._owners.values())
        return len(self._owners) >= self._most or theirs >= self._of_one

    def enter(self, page: str, address: str) -> bool:
        """Let a page connect; False if there is no room for it."""
        if page not in self._owners and self.full(address):
            return False
        if self._sockets[page] >= SOCKETS:
            return False
        self._owners[page] = address
        self._sockets[page] += 1
        return True

    def leave(self, page: str) -> None:
        """A page's socket has closed."""
        self._sockets[page] -= 1
        if not self._sockets[page]:
            del self._sockets[page]

    def _forget(self) -> None:
        kept = self._kept()
        gone = [page for page in self._owners if page not in self._sockets and page not in kept]
        for page in gone:
            del self._owners[page]
