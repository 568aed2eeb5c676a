# aio-libs/aiohttp issue 4833: a queue that is filled faster than read.
import queue

events = queue.Queue()


class Event:
    def __init__(self, number):
        self.number = number
        self.body = 'x' * 200


def step(i):
    events.put(Event(i))


def fixed(i):
    step(i)
    events.get()


TRUTH = {'holder': r'events|queue', 'type': r'Event|str'}
