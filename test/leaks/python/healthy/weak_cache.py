# Values that live as long as their users.
import weakref

cache = weakref.WeakValueDictionary()


class Image:
    def __init__(self, number):
        self.pixels = bytearray(1000)


def step(i):
    cache[i] = Image(i)
