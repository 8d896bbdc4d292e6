"""A message as a page of the window sends it, for what talks to its socket without a browser."""

import uuid
from typing import Any


def message(kind: str = "kernel_info_request", **content: Any) -> dict[str, Any]:
    """A message of Jupyter's protocol.

    Args:
        kind: Its type.
        **content: What it says.
    """
    header = {"msg_type": kind, "msg_id": uuid.uuid4().hex, "session": "", "username": ""}
    return {
        "header": header | {"date": "2026-01-01T00:00:00Z", "version": "5.2"},
        "parent_header": {},
        "metadata": {},
        "content": content,
        "channel": "shell",
        "buffers": [],
    }
