# The last hundred requests.
from collections import deque

recent = deque(maxlen=100)


def step(i):
    recent.append({'path': '/%d' % i, 'status': 200})
