# A pool of connections, each used again.
class Connection:
    def __init__(self):
        self.buffer = bytearray(1000)


pool = [Connection() for _ in range(20)]


def step(i):
    connection = pool.pop()
    connection.buffer[0] = i % 256
    pool.insert(0, connection)
