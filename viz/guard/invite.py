"""Whether others are let in, and where a presenter finds what to show them."""

import os

INVITE = "/invite"
"""Path of the page with the picture of dots, the address and the key."""
SHARED = "KERNEGOTIATE_SHARED"


def shared() -> bool:
    """Whether the window is served to others, too."""
    return os.environ.get(SHARED) == "1"
