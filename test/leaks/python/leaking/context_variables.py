# python/cpython issue 102183: a token of a context variable keeps the value before it.
import contextvars

request = contextvars.ContextVar('request')
tokens = []


class Request:
    def __init__(self, number):
        self.number = number
        self.query = {'page': str(number)}


def step(i):
    tokens.append(request.set(Request(i)))


def fixed(i):
    step(i)
    request.reset(tokens.pop())


TRUTH = {'holder': r'tokens', 'type': r'Token|Request|dict'}
