"""What a message of a page may be: JSON of the few kinds that a page sends, no longer than it says.

Solara believes what a binary message claims: four bytes take gigabytes. Here its numbers are held
against its length, and its text is read, before Solara sees it.
"""

import json
import struct
from itertools import pairwise
from typing import Any

LARGEST = 1 << 20
"""Bytes of a message; a page sends hundreds, a saved view of the largest kind some thousands."""
PARTS = 64  # of a binary message
KINDS = {
    "comm_close",
    "comm_info_request",
    "comm_msg",
    "comm_open",
    "kernel_info_request",
    "shutdown_request",
}
TARGETS = {"solara.control", "jupyter.widget.control"}
"""What a page may open; the classes of widgets are the server's to choose."""


class FrameError(ValueError):
    """A message is none that the page sends; the sentence says why, and goes back with it."""


def check(frame: str | bytes) -> None:
    """Refuse what the page would not have sent.

    Raises:
        FrameError: It is too long, not JSON, or of another kind.
    """
    if len(frame) > LARGEST:
        raise FrameError("the message is too long")
    text = frame if isinstance(frame, str) else text_of(frame)
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise FrameError("the message is not JSON") from None
    if not _formed(message):
        raise FrameError("the message is of no known kind")


def text_of(frame: bytes) -> bytes:
    """The JSON of a binary message: a number of parts, where each begins, and the parts.

    Raises:
        FrameError: Its numbers point beyond its end.
    """
    if len(frame) < 8:
        raise FrameError("the message is cut off")
    (count,) = struct.unpack_from("!I", frame)
    begins = 4 * (count + 1)
    if not 1 <= count <= PARTS or begins > len(frame):
        raise FrameError("the message claims parts that it has not")
    places = (*struct.unpack_from(f"!{count}I", frame, 4), len(frame))
    if places[0] != begins or any(one > other for one, other in pairwise(places)):
        raise FrameError("the message claims parts that it has not")
    return frame[places[0] : places[1]]


def _formed(message: Any) -> bool:
    """Whether a message has what Solara takes for granted."""
    match message:
        case {
            "header": {"msg_type": str(kind), "msg_id": str()},
            "content": dict(content),
            "channel": str(),
        } if kind in KINDS:
            pass
        case _:
            return False
    if not isinstance(message.get("buffers", []), list):
        return False
    match kind:
        case "comm_open":
            target = content.get("target_name")
            known = isinstance(target, str) and target in TARGETS
            return known and isinstance(content.get("comm_id"), str)
        case "comm_msg":
            return isinstance(content.get("comm_id"), str) and isinstance(content.get("data"), dict)
        case "comm_close":
            return isinstance(content.get("comm_id"), str)
    return True
