# Log records that are written, by one logger.
import io
import logging

stream = io.StringIO()
log = logging.getLogger('service')
log.addHandler(logging.StreamHandler(stream))


def step(i):
    log.warning('request %d', i)
    stream.seek(0)
    stream.truncate()
