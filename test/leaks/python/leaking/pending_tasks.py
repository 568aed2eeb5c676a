# python/cpython issue 91887: tasks that wait for ever are kept by a set of the application.
import asyncio

loop = asyncio.new_event_loop()
background = set()


class Job:
    def __init__(self, number):
        self.payload = {'number': number}


async def wait(job):
    await loop.create_future()


def step(i):
    task = loop.create_task(wait(Job(i)))
    background.add(task)
    task.add_done_callback(background.discard)
    loop.call_soon(loop.stop)
    loop.run_forever()


def fixed(i):
    step(i)
    for task in list(background):
        task.cancel()
    loop.call_soon(loop.stop)
    loop.run_forever()


TRUTH = {'holder': r'background|wait|_scheduled|_all_tasks', 'type': r'Task|Job|coroutine|Future|dict'}
