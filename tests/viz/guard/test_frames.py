"""What a message may be, looked at without a server."""

import json
import struct

import pytest

from tools.wire import message
from viz.guard.frames import LARGEST, FrameError, check

OPENED = {"comm_id": "a", "target_name": "jupyter.widget.control"}


def text(told: object) -> str:
    return json.dumps(told)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("kernel_info_request", {}),
        ("comm_open", OPENED),
        ("comm_msg", {"comm_id": "a", "data": {}}),
        ("comm_close", {"comm_id": "a"}),
    ],
)
def test_what_a_page_sends_passes(kind, content):
    check(text(message(kind, **content)))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("execute_request", {"code": "1"}),
        ("comm_open", OPENED | {"target_name": "another"}),
        ("comm_open", OPENED | {"target_name": {}}),
        ("comm_open", OPENED | {"target_name": []}),
        ("comm_open", OPENED | {"comm_id": 1}),
        ("comm_msg", {"comm_id": "a", "data": []}),
        ("comm_msg", {"comm_id": None, "data": {}}),
        ("comm_close", {}),
    ],
)
def test_what_no_page_sends_is_refused(kind, content):
    with pytest.raises(FrameError, match="of no known kind"):
        check(text(message(kind, **content)))


@pytest.mark.parametrize("key", ["header", "content", "channel"])
@pytest.mark.parametrize("value", [None, 1, [], "x"])
def test_a_message_without_its_parts_is_refused(key, value):
    if (key, value) != ("channel", "x"):
        with pytest.raises(FrameError, match="of no known kind"):
            check(text(message() | {key: value}))


@pytest.mark.parametrize("frame", ["{", "[" * 100_000, "", "\ud800"])
def test_what_is_no_json_is_refused(frame):
    with pytest.raises(FrameError, match="not JSON"):
        check(frame)


def test_a_long_message_is_refused_unread():
    with pytest.raises(FrameError, match="too long"):
        check(" " * (LARGEST + 1))


@pytest.mark.parametrize("count", [0, 2, 65, 2**31, 2**32 - 1])
def test_a_number_of_parts_is_not_believed(count):
    with pytest.raises(FrameError, match="parts that it has not"):
        check(struct.pack("!II", count, 8))
