# An event loop that runs short tasks and timers.
import asyncio

loop = asyncio.new_event_loop()


async def work(number):
    await asyncio.sleep(0)
    return [number] * 10


async def all_work():
    await asyncio.gather(*(work(number) for number in range(3)))


def step(i):
    loop.run_until_complete(all_work())
