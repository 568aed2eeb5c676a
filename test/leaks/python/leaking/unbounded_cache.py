# python/cpython issue 64058: functools.lru_cache(maxsize=None) on a function of many arguments.
import functools


class Report:
    def __init__(self, number):
        self.rows = list(range(number, number + 20))


@functools.lru_cache(maxsize=None)
def report(number):
    return Report(number)


def step(i):
    report(i)


def fixed(i):
    report.__wrapped__(i)


TRUTH = {'holder': r'report|lru_cache', 'type': r'Report|list'}
