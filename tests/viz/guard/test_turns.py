"""One address at work at a time, and half of the time at most."""

import asyncio

from viz.guard.turns import Turn

WORK = 0.05


def test_who_waits_lets_as_much_time_pass_as_the_last_one_took():
    async def scene():
        turn, loop = Turn(), asyncio.get_running_loop()
        began = []

        async def message():
            await turn.take()
            began.append(loop.time())
            await asyncio.sleep(WORK)
            turn.give()

        await asyncio.gather(message(), message(), message())
        return began

    first, second, third = asyncio.run(scene())
    assert second - first >= 2 * WORK * 0.9
    assert third - second >= 2 * WORK * 0.9


def test_who_is_alone_never_waits():
    async def scene():
        turn = Turn()
        for _ in range(3):
            await turn.take()
            await asyncio.sleep(WORK)
            turn.give()
            assert not turn._lock.locked()

    asyncio.run(scene())


def test_who_gave_up_waiting_holds_nobody_back():
    async def scene():
        turn = Turn()
        await turn.take()
        waiting = asyncio.ensure_future(turn.take())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        turn.give()
        assert not turn._lock.locked()

    asyncio.run(scene())
