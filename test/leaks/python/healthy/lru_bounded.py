# A bounded cache.
import functools


class Page:
    def __init__(self, number):
        self.text = 'x' * 500


@functools.lru_cache(maxsize=50)
def page(number):
    return Page(number)


def step(i):
    page(i)
