# python/cpython issue 94672: atexit.register at each start of a component.
import atexit


class Component:
    def __init__(self, number):
        self.number = number
        self.state = [number] * 20
        atexit.register(self.close)

    def close(self):
        pass


def step(i):
    Component(i)


def fixed(i):
    component = Component(i)
    atexit.unregister(component.close)


TRUTH = {'holder': r'atexit|C code|close', 'type': r'Component|method|list|dict'}
