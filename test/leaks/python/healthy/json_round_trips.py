# Documents that come and go.
import json


def step(i):
    text = json.dumps({'number': i, 'items': [{'name': 'n%d' % n} for n in range(20)]})
    json.loads(text)
