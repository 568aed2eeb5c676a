# Cycles with __del__ that revive themselves (PEP 442).
saved = []


class Connection:
    def __init__(self, number):
        self.number = number
        self.peer = self

    def __del__(self):
        saved.append(self)


def step(i):
    Connection(i)


def fixed(i):
    step(i)
    for connection in saved:
        connection.peer = None
    saved.clear()


TRUTH = {'holder': r'saved', 'type': r'Connection|dict'}
