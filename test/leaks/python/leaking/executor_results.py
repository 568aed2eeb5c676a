# Futures of an executor that are kept to ask later whether they are done.
from concurrent.futures import ThreadPoolExecutor

executor = ThreadPoolExecutor(2)
futures = set()


class Report:
    def __init__(self, number):
        self.lines = ['line %d' % number] * 20


def step(i):
    future = executor.submit(Report, i)
    future.result()
    futures.add(future)


def fixed(i):
    step(i)
    futures.clear()


TRUTH = {'holder': r'futures', 'type': r'Future|Report|Condition|list|dict|lock|deque'}
