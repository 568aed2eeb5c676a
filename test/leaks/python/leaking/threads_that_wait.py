# Threads that nobody joins, each waiting for an event that never comes.
import threading

never = threading.Event()


class Work:
    def __init__(self, number):
        self.number = number
        self.data = [number] * 100


def run(work):
    never.wait()


def step(i):
    if i % 10 == 0:
        threading.Thread(target=run, args=(Work(i),), daemon=True).start()


def fixed(i):
    thread = threading.Thread(target=Work, args=(i,))
    thread.start()
    thread.join()


TRUTH = {'holder': r'thread|_active|_waiters|never', 'type': r'Thread|Work|frame|lock|Condition|dict|list|Event'}
