# Patterns in the bounded cache of re.
import re


def step(i):
    re.match('a{%d}' % (i % 40), 'aaaa')
