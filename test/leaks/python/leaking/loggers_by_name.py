# python/cpython issue 73300: a logger per request is kept for ever by logging's manager.
import logging


def step(i):
    logging.getLogger('request.%d' % i).debug('begun')


def fixed(i):
    logging.getLogger('request').debug('begun %d', i)


TRUTH = {'holder': r'loggerDict|manager', 'type': r'Logger|dict'}
