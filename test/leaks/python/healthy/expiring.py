# Sessions that expire after a hundred requests.
sessions = {}


class Session:
    def __init__(self, number):
        self.number = number
        self.data = {'user': number}


def step(i):
    sessions[i] = Session(i)
    sessions.pop(i - 100, None)
