# django ticket 21012: receivers connected with weak=False are never disconnected.
class Signal:
    def __init__(self):
        self.receivers = []

    def connect(self, receiver):
        self.receivers.append((id(receiver), receiver))


saved = Signal()


class View:
    def __init__(self, number):
        self.context = {'number': number}
        saved.connect(self.on_saved)

    def on_saved(self, sender):
        pass


def step(i):
    View(i)


def fixed(i):
    step(i)
    saved.receivers.pop()


TRUTH = {'holder': r'receivers', 'type': r'View|tuple|method|dict'}
