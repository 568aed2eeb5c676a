# Generators that were begun and never finished.
running = []


class Page:
    def __init__(self, number):
        self.items = list(range(30))
        self.number = number


def pages(number):
    page = Page(number)
    yield page
    yield page


def step(i):
    generator = pages(i)
    next(generator)
    running.append(generator)


def fixed(i):
    step(i)
    running.pop().close()


TRUTH = {'holder': r'running', 'type': r'generator|Page|list|frame'}
