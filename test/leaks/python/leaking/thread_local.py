# python/cpython issue 45588: values of thread locals, kept by a thread that lives long.
import threading

local = threading.local()


class Session:
    def __init__(self, number):
        self.number = number
        self.cookies = {'id': str(number)}


def step(i):
    if not hasattr(local, 'sessions'):
        local.sessions = {}
    local.sessions[i] = Session(i)


def fixed(i):
    step(i)
    del local.sessions[i]


TRUTH = {'holder': r'sessions', 'type': r'Session|dict'}
