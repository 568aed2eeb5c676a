# A chain of versions, each of which refers to the one before.
class Version:
    def __init__(self, number, previous):
        self.number = number
        self.previous = previous


current = None


def step(i):
    global current
    current = Version(i, current)


def fixed(i):
    global current
    current = Version(i, None)


TRUTH = {'holder': r'current|previous', 'type': r'Version|dict'}
