# An event bus keeps bound methods of views that are closed.
class Bus:
    def __init__(self):
        self.subscribers = {}

    def on(self, topic, callback):
        self.subscribers.setdefault(topic, []).append(callback)

    def off(self, topic, callback):
        self.subscribers[topic].remove(callback)


bus = Bus()


class View:
    def __init__(self, number):
        self.rows = ['row %d of %d' % (row, number) for row in range(10)]
        bus.on('update', self.update)

    def update(self):
        pass

    def close(self):
        bus.off('update', self.update)


def step(i):
    View(i)


def fixed(i):
    View(i).close()


TRUTH = {'holder': r'subscribers|update', 'type': r'View|method|list|str|dict'}
