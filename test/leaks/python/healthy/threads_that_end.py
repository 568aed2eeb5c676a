# Threads that are joined.
import threading


def run(data):
    return sum(data)


def step(i):
    thread = threading.Thread(target=run, args=(list(range(100)),))
    thread.start()
    thread.join()
