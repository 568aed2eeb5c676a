# gc.disable() in a service whose objects refer to each other (Instagram's setting).
import gc

gc.disable()
collect = False


class Node:
    def __init__(self, number):
        self.number = number
        self.children = [self]


def step(i):
    Node(i)


def fixed(i):
    Node(i).children.clear()


TRUTH = {'holder': r'unreachable', 'type': r'Node|list|dict'}
