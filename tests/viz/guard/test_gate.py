"""Messages of one address are at work one after the other."""

import asyncio
import json
from typing import Any

from tools.wire import message
from viz.guard.budget import Budget
from viz.guard.gate import Line
from viz.guard.turns import Turn


def test_pages_of_one_address_take_turns_and_others_do_not_wait() -> None:
    async def run() -> None:
        mine, theirs = Turn(), Turn()
        first, second, other = line(mine), line(mine), line(theirs)
        await first.receive()
        waiting = asyncio.create_task(second.receive())
        await asyncio.wait_for(other.receive(), 5)
        await asyncio.sleep(0.05)
        assert not waiting.done()
        again = asyncio.create_task(first.receive())  # it asks for the next: it is done
        await asyncio.wait_for(waiting, 5)
        assert not again.done()
        second.done()
        await asyncio.wait_for(again, 5)
        first.done()
        assert not mine._lock.locked()

    asyncio.run(run())


def test_after_a_bad_message_nothing_more_is_said() -> None:
    async def run() -> None:
        sent: list[Any] = []
        bad = line(Turn(), "[]", sent)
        assert (await bad.receive())["type"] == "websocket.disconnect"
        await bad.send({"type": "websocket.send", "text": "late"})
        assert [one["type"] for one in sent] == ["websocket.close"]

    asyncio.run(run())


def line(turn: Turn, text: str = "", sent: list[Any] | None = None) -> Line:
    async def receive() -> Any:
        return {"type": "websocket.receive", "text": text or json.dumps(message())}

    async def send(told: Any) -> None:
        if sent is not None:
            sent.append(told)

    return Line(receive, send, Budget(100, 100), "page", turn)
