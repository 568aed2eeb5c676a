# celery-like: callbacks of jobs that have ended stay registered.
callbacks = {}


class Result:
    def __init__(self, number):
        self.value = 'r%d' % number * 20


def submit(number):
    result = Result(number)

    def on_done():
        return result

    callbacks['job-%d' % number] = on_done


def step(i):
    submit(i)


def fixed(i):
    step(i)
    del callbacks['job-%d' % i]


TRUTH = {'holder': r'callbacks', 'type': r'function|Result|cell|str|dict'}
