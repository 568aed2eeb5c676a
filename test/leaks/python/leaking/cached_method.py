# pylint W1518, python/cpython issue 99634: lru_cache on a method keeps every self.
import functools


class Client:
    def __init__(self, number):
        self.number = number
        self.buffer = bytearray(2000)

    @functools.lru_cache(maxsize=None)
    def token(self):
        return str(self.number)


def step(i):
    Client(i).token()


def fixed(i):
    Client.token.__wrapped__(Client(i))


TRUTH = {'holder': r'token|lru_cache', 'type': r'Client|bytearray'}
