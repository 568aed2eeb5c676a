# A large table that was read at the start.
class Country:
    def __init__(self, number):
        self.code = 'c%d' % number
        self.names = {'en': 'Country %d' % number}


countries = {i: Country(i) for i in range(3000)}


def step(i):
    return countries[i % 3000].code
