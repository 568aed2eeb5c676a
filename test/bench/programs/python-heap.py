# A program with about as many objects as COUNT says, which looks at the clock all the time: python-heap.py COUNT [forkless].
# At each line on its standard input it answers with one of JSON: its longest pause since the last one, in milliseconds.
import gc
import json
import os
import resource
import select
import sys
import time


class Session:
    def __init__(self, number):
        self.name = 'session %d' % number
        self.items = [number + 1000, 'item %d' % number]
        self.state = {'number': number + 0.5}


# Each is seven objects: itself, its name, its list with two, its dictionary with one.
sessions = {number: Session(number) for number in range(int(sys.argv[1]) // 7)}
if sys.argv[2:] == ['forkless']:
    sys.modules['_ctypes'] = None
gc.collect()
start = time.perf_counter()
listed = len(gc.get_objects())
elapsed = (time.perf_counter() - start) * 1000
print(json.dumps({'tracked': listed, 'getObjects': elapsed}), flush=True)
longest = 0
last = time.perf_counter()
while True:
    now = time.perf_counter()
    longest = max(longest, now - last)
    last = now
    if select.select([sys.stdin], [], [], 0.0005)[0]:
        if not sys.stdin.readline():
            break
        usage = resource.getrusage(resource.RUSAGE_SELF)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open('/proc/self/status') as status:
            resident = next(int(line.split()[1]) for line in status if line.startswith('VmRSS')) * 1024
        print(json.dumps({'pause': longest * 1000, 'resident': resident, 'peak': usage.ru_maxrss * 1024,
                          'files': len(os.listdir('/proc/self/fd')), 'maps': sum(1 for _ in open('/proc/self/maps')),
                          'children': children.ru_utime}), flush=True)
        longest = 0
        last = time.perf_counter()
