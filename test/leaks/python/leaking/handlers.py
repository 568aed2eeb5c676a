# python/cpython issue 80332: a handler is added to a logger at each call.
import logging

log = logging.getLogger('app')


class Sink(logging.Handler):
    def emit(self, record):
        pass


def step(i):
    log.addHandler(Sink())


def fixed(i):
    sink = Sink()
    log.addHandler(sink)
    log.removeHandler(sink)


TRUTH = {'holder': r'handlers|_handlerList|_handlers|log', 'type': r'Sink|weakref|RLock|list'}
