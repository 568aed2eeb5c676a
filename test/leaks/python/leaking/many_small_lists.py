# One list per tenant, each of which grows a little.
by_tenant = {}


class Audit:
    __slots__ = ('number', 'text')

    def __init__(self, number):
        self.number = number
        self.text = 'entry %d' % number


def step(i):
    by_tenant.setdefault('tenant-%d' % (i % 20), []).append(Audit(i))


def fixed(i):
    step(i)
    entries = by_tenant['tenant-%d' % (i % 20)]
    del entries[:-3]


TRUTH = {'holder': r'by_tenant', 'type': r'Audit|list|str'}
