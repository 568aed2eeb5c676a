# A memo by arguments that are new objects each time.
import functools


class Request:
    def __init__(self, number):
        self.path = '/items/%d' % number
        self.body = bytearray(300)


class Router:
    def __init__(self):
        self.memo = {}

    def resolve(self, request):
        if request not in self.memo:
            self.memo[request] = functools.partial(handle, request)
        return self.memo[request]


def handle(request):
    return request.path


router = Router()


def step(i):
    router.resolve(Request(i))()


def fixed(i):
    request = Request(i)
    router.resolve(request)()
    del router.memo[request]


TRUTH = {'holder': r'memo', 'type': r'Request|partial|bytearray|dict'}
