# An editor's undo history in a deque without a bound, of tuples.
import collections

document = {'text': ''}
history = collections.deque()


def step(i):
    history.append((i, 'insert', 'some text %d' % i * 5, dict(document)))
    document['text'] = 'version %d' % i


def fixed(i):
    step(i)
    while len(history) > 20:
        history.popleft()


TRUTH = {'holder': r'history', 'type': r'tuple|dict|str'}
