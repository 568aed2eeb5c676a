# python/cpython issue 90467: a weak dictionary whose values refer to their keys.
import weakref

settings = weakref.WeakKeyDictionary()


class Model:
    def __init__(self, number):
        self.number = number


class Options:
    def __init__(self, model):
        self.model = model
        self.fields = ['a', 'b', 'c']


def step(i):
    model = Model(i)
    settings[model] = Options(model)


def fixed(i):
    model = Model(i)
    settings[model] = Options(weakref.ref(model))


TRUTH = {'holder': r'settings', 'type': r'Options|Model|dict|list|KeyedRef|weakref'}
