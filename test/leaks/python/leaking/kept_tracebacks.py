# pallets/flask issue 1446, celery issue 4843: stored exceptions keep their frames and all local variables.
failures = []


class Payload:
    def __init__(self, number):
        self.content = list(range(50))
        self.number = number


def handle(number):
    payload = Payload(number)
    raise ValueError(payload.number)


def step(i):
    try:
        handle(i)
    except ValueError as error:
        failures.append(error)


def fixed(i):
    try:
        handle(i)
    except ValueError as error:
        failures[:] = [str(error)]


TRUTH = {'holder': r'failures', 'type': r'ValueError|traceback|frame|Payload|list'}
