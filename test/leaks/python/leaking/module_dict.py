# flask issue 2075: state per request under a new key in a dictionary of the module.
store = {}


def step(i):
    store['/path/%d' % i] = {'headers': {'cookie': 'c%d' % i}, 'body': b'x' * 100}


def fixed(i):
    step(i)
    del store['/path/%d' % i]


TRUTH = {'holder': r'store', 'type': r'dict|bytes|str'}
