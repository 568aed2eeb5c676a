# Two lists that swap: one is filled while the other is written.
front, back = [], []


def step(i):
    global front, back
    front.append('line %d' % i)
    if len(front) >= 50:
        front, back = back, front
        back.clear()
