# A default argument that can be changed.
class Row:
    def __init__(self, number):
        self.number = number


def collect_rows(number, rows=[]):
    rows.append(Row(number))
    return rows


def step(i):
    collect_rows(i)


def fixed(i):
    collect_rows(i, [])


TRUTH = {'holder': r'collect_rows|__defaults__|rows', 'type': r'Row|list|dict'}
