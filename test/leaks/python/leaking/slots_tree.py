# A trie of prefixes into which every search goes.
class Node:
    __slots__ = ('children', 'count')

    def __init__(self):
        self.children = {}
        self.count = 0


class Index:
    def __init__(self):
        self.root = Node()


index = Index()


def insert(word):
    node = index.root
    for letter in word:
        node = node.children.setdefault(letter, Node())
        node.count += 1


def step(i):
    insert('%x' % (i * 2654435761 % 2 ** 32))


def fixed(i):
    step(i)
    index.root = Node()


TRUTH = {'holder': r'index|root|children', 'type': r'Node|dict'}
