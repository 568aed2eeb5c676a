# A plug-in loader that makes a module for each run and leaves it in sys.modules.
import sys
import types


def step(i):
    module = types.ModuleType('plugin_%d' % i)
    exec('class Plugin:\n    options = {"n": %d}\n    def run(self): return self.options\nplugin = Plugin()' % i, module.__dict__)
    sys.modules[module.__name__] = module


def fixed(i):
    step(i)
    del sys.modules['plugin_%d' % i]


TRUTH = {'holder': r'modules|plugin', 'type': r'module|Plugin|dict|function|type|code'}
