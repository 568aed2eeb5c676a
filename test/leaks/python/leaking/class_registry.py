# Django, ticket 26706: every instance is appended to a list of its class.
class Form:
    instances = []

    def __init__(self, number):
        self.number = number
        self.data = {'name': 'user%d' % number}
        Form.instances.append(self)


def step(i):
    Form(i)


def fixed(i):
    Form.instances[:] = []
    Form(i)


TRUTH = {'holder': r'instances', 'type': r'Form|dict|list'}
