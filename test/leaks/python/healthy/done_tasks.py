# Tasks that end.
import asyncio

loop = asyncio.new_event_loop()


async def work(number):
    await asyncio.sleep(0)
    return {'number': number}


def step(i):
    loop.run_until_complete(work(i))
