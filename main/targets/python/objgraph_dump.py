"""Writes the objects of a CPython process (3.9 to 3.14) as a heap snapshot; docs/heap-format.md describes the format.

This file runs inside the inspected program. It therefore runs none of the program's own code: it reads values through
the descriptors that CPython's types define in C, and never calls getattr, repr, len, == or hasattr on a value. A class
is a value as well: its metaclass may define `==` and `hash`, so classes are compared by `is` and looked up by address.
It needs the standard library alone, writes rows as it finds objects, and leaves its own objects out.
"""
try:
    # Who runs this in a process that may have replaced `__import__` has put it here.
    sys
except NameError:
    import sys

# The name by which the dumper recognises its own classes, however this file is run.
__name__ = '<objgraph>'

c_function = type(sys.intern)
HEAP_TYPE = 1 << 9


def c_class(base, name):
    """A subclass that is written in C, whatever the program has put into its module; None where there is none."""
    for cls in type.__subclasses__(base):
        is_static = type.__dict__['__flags__'].__get__(cls) & HEAP_TYPE == 0
        own = type.__dict__['__dict__'].__get__(cls)
        if type.__dict__['__name__'].__get__(cls) == name and (is_static or '__weakref__' not in own):
            return cls
    return None


def module_in_c(name):
    """A module in C. Neither `import` nor finders of the program are asked, and the program does not find it imported."""
    if name in sys.modules:
        found = sys.modules[name]
        if found is None:
            raise ImportError(name)
        return found
    imp = sys.modules['_imp']
    spec = type(sys.__spec__)(name, None)
    try:
        if imp.is_builtin(name):
            found = imp.create_builtin(spec)
            imp.exec_builtin(found)
        else:
            spec.origin = extension_file(name, imp.extension_suffixes())
            found = imp.create_dynamic(spec)
            imp.exec_dynamic(found)
        return found
    finally:
        sys.modules.pop(name, None)


def extension_file(name, endings):
    libraries = '%s/%s/python%d.%d/lib-dynload' % (sys.base_exec_prefix, sys.platlibdir, *sys.version_info[:2])
    for folder in (libraries, *sys.path):
        for ending in endings if type(folder) is str else ():
            path = '%s/%s%s' % (folder, name, ending)
            try:
                system.stat(path)
                return path
            except (OSError, ValueError):
                pass
    raise ImportError(name)


CALLED = {
    'builtins': 'any enumerate format getattr hasattr id isinstance iter len list map max memoryview min next range repr set '
                'str tuple type bytes dict int bool globals',
    'gc': 'disable get_objects get_referents is_tracked unfreeze',
    'sys': '_current_frames getrefcount getsizeof getswitchinterval setprofile setswitchinterval settrace',
    'time': 'monotonic perf_counter sleep',
    '_weakref': 'getweakrefs',
    'posix': '_exit getcwd kill listdir mkdir rename rmdir stat unlink urandom waitpid',
}


def replaced_function():
    """A function in C that is called here and that the program has replaced by code of its own; None without one."""
    for name, names in CALLED.items():
        module = sys.modules.get(name)
        own = {} if module is None else type(sys).__dict__['__dict__'].__get__(module)
        for function in names.split():
            if function in own and type(own[function]) is not c_function and type(own[function]) is not type:
                return '%s.%s' % (name, function)
    return None


system = sys.modules.get('posix') or sys.modules['nt']
gc = module_in_c('gc')
FileIO = c_class(c_class(c_class(object, '_IOBase'), '_RawIOBase'), 'FileIO')
deque = c_class(object, 'deque')
lru_cache = c_class(object, '_lru_cache_wrapper')
weak_reference = c_class(object, 'ReferenceType') or c_class(object, 'weakref')
weak_proxies = (c_class(object, 'ProxyType') or c_class(object, 'weakproxy'),
                c_class(object, 'CallableProxyType') or c_class(object, 'weakcallableproxy'))


class types:
    """As the module `types` finds them. It is not loaded when Python starts."""

    def _function(self):
        pass

    async def _coroutine(self):
        pass

    async def _asyncgen(self):
        yield

    FunctionType = type(_function)
    CodeType = type(_function.__code__)
    CellType = type((lambda value: (lambda: value).__closure__[0])(0))
    GeneratorType = type((lambda: (yield))())
    _waiting = _coroutine(None)
    CoroutineType = type(_waiting)
    _waiting.close()
    del _waiting
    AsyncGeneratorType = type(_asyncgen(None))
    BuiltinFunctionType = c_function
    ModuleType = type(sys)
    GetSetDescriptorType = type(FunctionType.__code__)
    MemberDescriptorType = type(FunctionType.__globals__)
    MethodDescriptorType = type(str.join)
    WrapperDescriptorType = type(object.__init__)
    try:
        raise TypeError
    except TypeError as _error:
        TracebackType = type(_error.__traceback__)
        FrameType = type(_error.__traceback__.tb_frame)


MAX_TEXT = 1024
# Python 3.12 and later give this many references to what they never free: texts that are interned, classes in C.
IMMORTAL = 1 << 30
MAX_NAME = 100
# A forked child in which another thread held a lock of the interpreter comes to nothing, and is killed after so many seconds.
ATTEMPTS = 5
LONGEST_WAIT = 3
WNOHANG = 1
SIGKILL = 9
# How long a fork takes for a page of memory: three times what was measured.
SECONDS_A_PAGE = 3e-6
ROWS_A_WRITE = 5000
FIELDS = 6
CONTEXT, ELEMENT, PROPERTY, INTERNAL, SHORTCUT, WEAK = 0, 1, 2, 3, 5, 6
ARRAY, STRING, OBJECT, NATIVE, SYNTHETIC = 1, 2, 3, 8, 9
# Flags of a type (Include/object.h).
HAVE_GC = 1 << 14
TYPE_SUBCLASS = 1 << 31
# A code object with variables of its own: not that of a module or a class body (Include/cpython/code.h).
CO_OPTIMIZED = 1

META = (
    '{"node_fields":["type","name","id","self_size","edge_count","detachedness"],'
    '"node_types":[["hidden","array","string","object","code","closure","regexp","number","native","synthetic",'
    '"concatenated string","sliced string","symbol","bigint","object shape"],'
    '"string","number","number","number","number"],'
    '"edge_fields":["type","name_or_index","to_node"],'
    '"edge_types":[["context","element","property","internal","hidden","shortcut","weak"],"string_or_number","node"],'
    '"location_fields":["object_index","script_id","line","column"]}'
)

read_mro = type.__dict__['__mro__'].__get__
read_attributes = type.__dict__['__dict__'].__get__
flags_of = type.__dict__['__flags__'].__get__
qualname_of = type.__dict__['__qualname__'].__get__
module_of = type.__dict__['__module__'].__get__
bases_of = type.__dict__['__bases__'].__get__
module_dict = types.ModuleType.__dict__['__dict__'].__get__

CONTAINERS = (dict, list, tuple, set, frozenset, deque)
# A code object is not of the kind that the garbage collector asks for its references.
CODE_PARTS = [name for name in ('co_consts', 'co_names', 'co_filename', 'co_name', 'co_qualname', 'co_linetable',
                                'co_exceptiontable') if hasattr(types.CodeType, name)]
# By the address of a class, as all tables of classes here.
ATOMS = {id(cls) for cls in (int, float, complex, bytes, bytearray)}
PLAIN_TEXTS = {id(cls) for cls in (int, float, complex, bool, type(None), type(Ellipsis), range)}
FRAME_OWNERS = {id(types.GeneratorType): 'gi', id(types.CoroutineType): 'cr', id(types.AsyncGeneratorType): 'ag'}
# What CPython computes in C when it is asked, besides the members of a structure, which are safe on every type.
SAFE_GETSETS = {
    id(types.FunctionType): ('__code__', '__defaults__', '__kwdefaults__', '__name__', '__qualname__'),
    id(types.BuiltinFunctionType): ('__self__',),
    id(types.CellType): ('cell_contents',),
    id(types.CoroutineType): ('cr_await', '__name__', '__qualname__'),
    id(types.GeneratorType): ('gi_yieldfrom', '__name__', '__qualname__'),
    id(types.AsyncGeneratorType): ('ag_await', '__name__', '__qualname__'),
    id(types.TracebackType): ('tb_next',),
    id(BaseException): ('__traceback__', '__context__', '__cause__', 'args'),
    id(memoryview): ('obj',),
}


# What the references of a type are called that nothing else names: by the type that they lead to, 0 for any other.
UNNAMED = {
    types.FunctionType: {id(dict): '__annotations__'},
    types.FrameType: {id(dict): 'f_locals'},
    types.WrapperDescriptorType: {0: '__objclass__'},
    type(type.__dict__): {0: 'mapping'},
    type({}.keys()): {0: 'mapping'}, type({}.values()): {0: 'mapping'}, type({}.items()): {0: 'mapping'},
    memoryview: {0: 'buffer'},
    c_class(object, 'managedbuffer'): {0: 'obj'},
    type(iter([])): {0: 'list'}, type(iter(())): {0: 'tuple'}, type(iter({})): {0: 'dict'}, type(iter(set())): {0: 'set'},
    type([].__len__): {0: 'descriptor'},
}
UNNAMED = {id(cls): names for cls, names in UNNAMED.items()}


def loaded_class(module, name):
    """A class of a module that the program has imported; None without it. Imports nothing."""
    entry = sys.modules.get(module)
    found = module_dict(entry).get(name) if type(entry) is types.ModuleType else None
    return found if found is not None and is_class(found) else None


def mro_of(cls):
    """A class and its bases. Types in C that were never used have none."""
    mro = read_mro(cls)
    return (cls,) if mro is None else mro


def attributes_of(cls):
    """What a class itself defines."""
    attributes = read_attributes(cls)
    return {} if attributes is None else attributes


def is_class(value):
    """Whether a value is a class; asks no metaclass and no `__class__`."""
    return flags_of(type(value)) & TYPE_SUBCLASS != 0


def is_c_descriptor(value):
    """Whether a descriptor reads a field in C."""
    return type(value) is types.GetSetDescriptorType or type(value) is types.MemberDescriptorType


def inherits(mro, cls):
    return any(c is cls for c in mro)


def own_dict(value):
    """The `__dict__` of an object, past any descriptor of the program's; None where there is none."""
    for cls in mro_of(type(value)):
        descriptor = attributes_of(cls).get('__dict__')
        if descriptor is None:
            continue
        if not is_c_descriptor(descriptor):
            return None
        try:
            own = descriptor.__get__(value)
        except Exception:
            return None
        return own if type(own) is dict else None
    return None


def text_of(value, depth=0):
    """A key or a small value as Python writes it; None for what only the program's own code could write."""
    t = type(value)
    if t is str or t is bytes or t is bytearray:
        return repr(value) if len(value) <= MAX_NAME else repr(value[:MAX_NAME]) + '…'
    if t is int and value.bit_length() > 512:
        return 'int of %d bits' % value.bit_length()
    if id(t) in PLAIN_TEXTS:
        return repr(value)
    if flags_of(t) & TYPE_SUBCLASS:
        return exact_text(qualname_of(value))
    if t is types.FunctionType or t is c_function:
        return exact_text(value.__qualname__)
    if t is tuple and depth < 2 and len(value) <= 6:
        parts = [text_of(item, depth + 1) for item in value]
        if None not in parts:
            return '(' + ', '.join(parts) + (',)' if len(parts) == 1 else ')')
    return None


def fields_of(mro):
    """The names of the items of a named tuple; empty for other tuples."""
    for cls in mro:
        fields = attributes_of(cls).get('_fields')
        if fields is not None:
            return fields if type(fields) is tuple and all(type(name) is str for name in fields) else ()
    return ()


def assigned_names(mro):
    """Names that the methods of a class use: among them those of the attributes of its objects."""
    names = set()
    for cls in mro:
        attributes = attributes_of(cls)
        if flags_of(cls) & HEAP_TYPE:
            for value in list(attributes.values()):
                if type(value) is types.FunctionType:
                    names.update(value.__code__.co_names)
    return names


def exact_text(text):
    """A text of the program without what a class of its own would do with it."""
    return text if type(text) is str else str.__str__(text)


def class_name(cls):
    """`dict`, `shop.cart.Session`."""
    module = module_of(cls)
    name = exact_text(qualname_of(cls))
    if inherits(mro_of(type(module)), str):
        module = exact_text(module)
    return name if type(module) is not str or module == 'builtins' else module + '.' + name


def classes_of_source(path):
    """Per qualified name of a class, the lines (from 1) on which a source file defines it."""
    found = {}
    try:
        if system.stat(path).st_size > 5000000:
            return found
        with FileIO(path) as file:
            text = file.readall().decode('utf-8', 'replace')
    except (OSError, ValueError):
        return found
    scopes = []
    for number, line in enumerate(text.split('\n'), 1):
        code = line.lstrip(' \t')
        words = code.split(None, 2) if code.startswith(('class ', 'class\t', 'def ', 'def\t', 'async ')) else ()
        if words and words[0] == 'async':
            # `async with` defines nothing.
            words = words[1:] if words[1:2] == ['def'] else ()
        is_class_line = bool(words) and words[0] == 'class'
        name = words[1] if len(words) > 1 else ''
        for end in '(:[ \t':
            name = name.split(end, 1)[0]
        if not name.isidentifier():
            continue
        indent = len(line[:len(line) - len(code)].expandtabs())
        while scopes and scopes[-1][0] >= indent:
            scopes.pop()
        name = (scopes[-1][1] if scopes else '') + name
        if is_class_line:
            found.setdefault(name, []).append(number)
        scopes.append((indent, name + ('.' if is_class_line else '.<locals>.')))
    return found


def thread_names():
    """Names of threads by their number, as the module `threading` keeps them."""
    threading = sys.modules.get('threading')
    if type(threading) is not types.ModuleType:
        return {}
    active = module_dict(threading).get('_active')
    names = {}
    for number, thread in list(active.items()) if type(active) is dict else ():
        # Not by its dictionary, which may be made by asking for it.
        if any('_name' in attributes_of(cls) for cls in mro_of(type(thread))):
            continue
        try:
            name = object.__getattribute__(thread, '_name')
        except AttributeError:
            continue
        if type(name) is str:
            names[number] = name
    return names


class Buffer:
    """Memory outside of Python's objects, which several of them may share: the storage of tensors."""

    __slots__ = ('address', 'size', 'name')

    def __init__(self, address, size, name):
        self.address = address
        self.size = size
        self.name = name


class Arrays:
    """What numpy and torch keep where the garbage collector does not look. Of what the program has not imported, nothing."""

    __slots__ = ('ndarray', 'base', 'dtype', 'ndim', 'to_list', 'kind_of', 'tensors', 'storage', 'device', 'buffers')

    def __init__(self):
        self.buffers = {}
        self.ndarray = loaded_class('numpy', 'ndarray')
        dtype = loaded_class('numpy', 'dtype')
        if self.ndarray is not None and dtype is not None:
            attributes = attributes_of(self.ndarray)
            self.base = attributes['base'].__get__
            self.dtype = attributes['dtype'].__get__
            self.ndim = attributes['ndim'].__get__
            self.to_list = attributes['tolist']
            self.kind_of = attributes_of(dtype)['kind'].__get__
        base = loaded_class('torch._C', 'TensorBase') or loaded_class('torch._C', '_TensorBase')
        self.storage = None if base is None else attributes_of(base).get('untyped_storage')
        self.device = None if base is None else attributes_of(base)['device'].__get__
        # Other classes of tensors may have torch call the program's own `__torch_function__`.
        self.tensors = {id(loaded_class('torch', 'Tensor')), id(loaded_class('torch.nn.parameter', 'Parameter'))}

    def kind(self, cls, mro):
        if self.ndarray is not None and inherits(mro, self.ndarray):
            return 'ndarray'
        return 'tensor' if self.storage is not None and id(cls) in self.tensors else None

    def items_of(self, array):
        """The objects that an array of numpy refers to; none for an array of numbers, or of records."""
        if self.kind_of(self.dtype(array)) != 'O':
            return []
        items = [self.to_list(array)]
        for _ in range(self.ndim(array)):
            items = [item for row in items for item in row]
        return items

    def storage_of(self, tensor):
        """The memory of a tensor, the same for all its views; None where it has none of its own."""
        try:
            storage = self.storage(tensor)
            methods = next(attributes_of(cls) for cls in mro_of(type(storage)) if 'data_ptr' in attributes_of(cls))
            address, size = methods['data_ptr'](storage), methods['nbytes'](storage)
        except Exception:
            return None
        if type(address) is not int or type(size) is not int or address == 0:
            return None
        if address not in self.buffers:
            # A torch.device is written in C.
            name = 'torch storage (%s)' % object.__str__(self.device(tensor)).split("'")[1]
            self.buffers[address] = Buffer(address, size, name)
        return self.buffers[address]


def write_all(file, data):
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest):]


def write_file(path, text):
    with FileIO(path, 'w') as file:
        write_all(file, text.encode('utf-8', 'replace'))


class Rows:
    """Rows of a section in a file of their own, written some thousands at a time."""

    __slots__ = ('path', 'file', 'rows', 'count')

    def __init__(self, path):
        self.path = path
        self.file = FileIO(path, 'w')
        self.rows = []
        self.count = 0

    def flush(self):
        if self.rows:
            text = ',\n'.join(self.rows)
            write_all(self.file, (',\n' + text if self.count else text).encode('utf-8', 'replace'))
            self.count += len(self.rows)
            self.rows.clear()

    def copy_to(self, out):
        self.flush()
        self.file.close()
        with FileIO(self.path) as file:
            while True:
                chunk = file.read(1 << 20)
                if not chunk:
                    break
                write_all(out, chunk)
        system.unlink(self.path)


class Strings:
    """The table of strings: names are numbered once, texts of objects each time they come."""

    __slots__ = ('rows', 'numbers', 'count', 'escapes')

    def __init__(self, rows):
        self.rows = rows
        self.numbers = {}
        self.count = 0
        self.escapes = {code: '\\u%04x' % code for code in range(32)}
        self.escapes.update({34: '\\"', 92: '\\\\'})

    def text(self, text):
        self.rows.rows.append('"' + str.translate(text, self.escapes) + '"')
        self.count += 1
        return self.count - 1

    def name(self, text):
        text = exact_text(text)
        number = self.numbers.get(text)
        if number is None:
            number = self.numbers[text] = self.text(text)
        return number


class Plan:
    """How objects of one class are read; made once for each class."""

    __slots__ = ('name', 'mro', 'container', 'fields', 'unnamed', 'members', 'has_dict', 'own_size', 'place', 'variables',
                 'is_module', 'is_weak', 'array')


class Dump:
    """One walk over all objects of the process.

    Ordinals of nodes: the root, one per thread, `(C code)`, `(immortal)`, `(unreachable)`, then the objects as they are found.
    """

    def __init__(self, folder, in_place, pages, visit, tracked):
        self.in_place = in_place
        self.tracked = tracked
        self.by_address = None
        self.immortal = []
        self.nodes = Rows(folder + '/nodes')
        self.edges = Rows(folder + '/edges')
        self.descriptions = Rows(folder + '/descriptions')
        self.texts = Rows(folder + '/strings')
        self.strings = Strings(self.texts)
        self.strings.name('')
        # Per address, the number of an object; -1 for what is left out.
        self.numbers = {}
        self.objects = []
        self.visited = 0
        self.first = 0
        # Addresses of dictionaries that are the `__dict__` of one object.
        self.stores = set()
        self.named = set()
        self.plans = {}
        self.places = []
        self.scripts = {}
        self.sources = {}
        self.arrays = Arrays()
        self.getsets = dict(SAFE_GETSETS)
        self.unnamed = dict(UNNAMED)
        for name in ('Task', 'Future'):
            cls = loaded_class('_asyncio', name)
            if cls is not None:
                self.getsets[id(cls)] = ('_coro', '_fut_waiter', '_loop', '_result', '_exception', '_source_traceback')
                context = loaded_class('_contextvars', 'Context')
                self.unnamed[id(cls)] = {id(str): 'name', id(list): '_callbacks', id(context): 'context', 0: 'callback'}
        self.visit_name = visit or system.urandom(8).hex()
        self.pages = {page: index + 1 for index, page in enumerate(pages)}

    # What is left out.

    def hide(self, value):
        self.numbers[id(value)] = -1

    def hide_atoms(self):
        """Shared atoms hold nothing, and everything refers to them."""
        for value in (None, True, False, Ellipsis, NotImplemented, '', b'', ()):
            self.hide(value)
        for value in range(-5, 257):
            self.hide(value)

    def hide_namespace(self, namespace):
        """Leaves out the code that dumps: all functions and classes of a namespace, and what only they consist of."""
        parts = {id(cls) for cls in (dict, tuple, list, set, types.CodeType, types.CellType, types.GetSetDescriptorType,
                                     types.MemberDescriptorType)}
        shared = {id(sys.modules), id(module_dict(sys.modules['builtins']))}
        loaded = set(map(id, sys.modules.values()))
        pending = [namespace]
        while pending:
            value = pending.pop()
            t = type(value)
            is_ours = id(t) in parts or t is types.FunctionType and value.__globals__ is namespace
            if t is types.ModuleType:
                is_ours = id(value) not in loaded
            elif t is types.BuiltinFunctionType:
                is_ours = self.numbers.get(id(value.__self__)) == -1
            elif not is_ours:
                module = attributes_of(value if is_class(value) else t).get('__module__')
                is_ours = type(module) is str and module == namespace['__name__']
            if is_ours and id(value) not in self.numbers and id(value) not in shared:
                self.hide(value)
                if is_class(value):
                    # Its bases have them.
                    for reference in sys.modules['_weakref'].getweakrefs(value):
                        self.hide(reference)
                if t is types.ModuleType:
                    self.hide_loader(value)
                pending.extend(value.co_consts if t is types.CodeType else gc.get_referents(value))
                if t is types.CodeType:
                    self.hide(value.co_consts)

    def hide_loader(self, module):
        """Leaves out how a module was found."""
        for name in ('__spec__', '__loader__'):
            value = module_dict(module).get(name)
            if id(value) not in self.numbers:
                self.hide(value)
                for referent in gc.get_referents(value):
                    if type(referent) is dict:
                        self.hide(referent)

    # Nodes and edges.

    def number(self, value):
        number = self.numbers.get(id(value))
        if number is None:
            number = self.numbers[id(value)] = len(self.objects)
            self.objects.append(value)
        return number

    def heap_id(self, address):
        """An address in 32 bits: the number of its mebibyte, and which sixteen bytes of that."""
        page = address >> 20
        number = self.pages.get(page)
        if number is None:
            number = self.pages[page] = len(self.pages) + 1
        return number << 16 | (address & 0xFFFFF) >> 4

    def row(self, number, kind, name):
        return '%d,%d,%d' % (kind, name, (number + self.first) * FIELDS)

    def refer(self, kind, name, target):
        """One edge. The name is text; a number for elements."""
        self.named.add(id(target))
        number = self.numbers.get(id(target))
        if number is None:
            number = self.numbers[id(target)] = len(self.objects)
            self.objects.append(target)
        elif number < 0:
            return
        if kind != ELEMENT:
            name = self.strings.name(name)
        self.edges.rows.append('%d,%d,%d' % (kind, name, (number + self.first) * FIELDS))

    def script(self, path):
        path = exact_text(path)
        script = self.scripts.get(path)
        if script is None:
            script = self.scripts[path] = len(self.scripts) + 1
        return script

    def place(self, ordinal, path, line):
        self.places.append('%d,%d,%d,0' % (ordinal * FIELDS, self.script(path), max(line - 1, 0)))

    def node(self, kind, name, heap_id, size, edge_count):
        rows = self.nodes.rows
        rows.append('%d,%d,%d,%d,%d,0' % (kind, name, heap_id, size, edge_count))
        if len(rows) >= ROWS_A_WRITE:
            for part in self.parts():
                part.flush()

    def parts(self):
        return self.nodes, self.edges, self.descriptions, self.texts

    def describe(self, number, text):
        self.descriptions.rows.append('%d,%d' % (number + self.first, self.strings.text(text)))

    # Classes.

    def plan(self, cls):
        plan = self.plans.get(id(cls))
        if plan is None:
            plan = self.plans[id(cls)] = self.make_plan(cls)
        return plan

    def make_plan(self, cls):
        plan = Plan()
        plan.mro = mro_of(cls)
        plan.name = self.strings.name(class_name(cls))
        plan.container = next((c for c in CONTAINERS if c is not None and inherits(plan.mro, c)), None)
        plan.fields = fields_of(plan.mro) if plan.container is tuple else ()
        plan.is_module = inherits(plan.mro, types.ModuleType)
        plan.is_weak = inherits(plan.mro, weak_reference)
        plan.array = self.arrays.kind(cls, plan.mro)
        plan.unnamed = next((self.unnamed[id(c)] for c in plan.mro if id(c) in self.unnamed), {})
        plan.has_dict = False
        plan.members = []
        taken = set()
        for c in plan.mro:
            attributes = attributes_of(c)
            getsets = self.getsets.get(id(c), ())
            for name, value in list(attributes.items()):
                if type(name) is not str or name in taken:
                    continue
                if name == '__dict__':
                    plan.has_dict = is_c_descriptor(value)
                elif type(value) is types.MemberDescriptorType or name in getsets:
                    if name != '__weakref__':
                        plan.members.append((name, value.__get__))
                taken.add(name)
        sizer = next((attributes_of(c)['__sizeof__'] for c in plan.mro if '__sizeof__' in attributes_of(c)), None)
        # A size that the program computes is not asked for; the garbage collector's header has sixteen bytes.
        plan.own_size = None
        if not (type(sizer) is types.MethodDescriptorType or type(sizer) is types.WrapperDescriptorType):
            plan.own_size = 16 if flags_of(cls) & HAVE_GC else 0
        plan.place = self.class_place(cls) if flags_of(cls) & HEAP_TYPE else None
        plan.variables = assigned_names(plan.mro) - taken if self.in_place and plan.has_dict else ()
        return plan

    def class_place(self, cls):
        """File and line of a class: its own since Python 3.13, before that from the source, where it is certain."""
        attributes = attributes_of(cls)
        module = attributes.get('__module__')
        entry = sys.modules.get(module) if type(module) is str else None
        if type(entry) is not types.ModuleType:
            return None
        path = module_dict(entry).get('__file__')
        if type(path) is not str or not path.endswith('.py'):
            return None
        if not path.startswith('/') and path[1:2] != ':':
            path = system.getcwd() + '/' + path
        line = attributes.get('__firstlineno__')
        if type(line) is int:
            return path, line
        if path not in self.sources:
            self.sources[path] = classes_of_source(path)
        lines = self.sources[path].get(qualname_of(cls), ())
        if len(lines) == 1:
            return path, lines[0]
        methods = [m.__code__.co_firstlineno for m in attributes.values() if type(m) is types.FunctionType]
        before = [line for line in lines if methods and line <= min(methods)]
        return (path, before[-1]) if before else None

    # One object.

    def visit(self, number, value):
        t = type(value)
        if sys.getrefcount(value) >= IMMORTAL or is_class(value) and not flags_of(value) & HEAP_TYPE:
            self.immortal.append(number)
        if t is Buffer:
            return self.node(NATIVE, self.strings.name(value.name), self.heap_id(value.address), value.size, 0)
        plan = self.plan(t)
        if plan.own_size is None:
            size = sys.getsizeof(value, 0)
        else:
            size = object.__sizeof__(value) + plan.own_size
        if t is str:
            text = self.strings.text(value if len(value) <= MAX_TEXT else value[:MAX_TEXT])
            return self.node(STRING, text, self.heap_id(id(value)), size, 0)
        if id(t) in ATOMS:
            self.describe(number, text_of(value))
            return self.node(OBJECT, plan.name, self.heap_id(id(value)), size, 0)
        before = len(self.edges.rows)
        self.named.clear()
        referents = gc.get_referents(value)
        description = self.content(number + self.first, value, t, plan, referents)
        for referent in referents:
            if id(referent) not in self.named:
                name = plan.unnamed.get(id(type(referent))) or plan.unnamed.get(0, 'referent')
                self.refer(INTERNAL, '__class__' if referent is t else name, referent)
        edge_count = len(self.edges.rows) - before
        kind = ARRAY if id(value) in self.stores else OBJECT
        if description is not None:
            self.describe(number, description)
        self.node(kind, plan.name, self.heap_id(id(value)), size, edge_count)

    def content(self, ordinal, value, t, plan, referents):
        """Names what an object refers to; returns the text that tells it apart from its like, or None."""
        description = None
        place = plan.place
        if plan.container is not None:
            description = self.items(value, plan)
        elif t is types.FunctionType:
            code = value.__code__
            for name, cell in zip(code.co_freevars, value.__closure__ or ()):
                self.refer(CONTEXT, name, cell)
            self.refer(INTERNAL, '__globals__', value.__globals__)
            place = code.co_filename, code.co_firstlineno
            description = value.__qualname__
        elif t is types.CodeType:
            for name in CODE_PARTS:
                self.refer(INTERNAL, name, getattr(value, name))
            place = value.co_filename, value.co_firstlineno
            description = value.co_name
        elif t is types.FrameType:
            place = value.f_code.co_filename, value.f_lineno or value.f_code.co_firstlineno
            description = self.frame(value)
        elif id(t) in FRAME_OWNERS:
            prefix = FRAME_OWNERS[id(t)]
            code = getattr(value, prefix + '_code')
            frame = getattr(value, prefix + '_frame')
            if frame is not None:
                self.variables(frame)
            self.refer(INTERNAL, prefix + '_code', code)
            place = code.co_filename, code.co_firstlineno
            description = exact_text(value.__qualname__)
            if frame is None:
                description += ', ended'
            suspended = getattr(value, prefix + '_suspended', None)
            is_new = frame is not None and (frame.f_lasti < 0 if suspended is None else not suspended)
            if is_new and not getattr(value, prefix + '_running'):
                description += ', not started'
        elif is_class(value):
            description, place = self.definition(value)
        elif t is lru_cache:
            description = self.cached_results(referents)
        elif plan.is_weak:
            target = weak_reference.__call__(value)
            if target is not None:
                self.refer(WEAK, '__referent__', target)
        elif any(t is proxy for proxy in weak_proxies):
            target = self.target_of_proxy(value, t)
            if target is not None:
                self.refer(WEAK, '__referent__', target)
        elif plan.array == 'ndarray':
            self.ndarray(value)
        elif plan.array == 'tensor':
            buffer = self.arrays.storage_of(value)
            if buffer is not None:
                self.refer(INTERNAL, 'storage', buffer)
        self.members(value, plan, referents)
        if plan.has_dict and not is_class(value):
            own = self.dict_of(value, plan, referents)
            if own is not None and not any(referent is own for referent in referents):
                # Python 3.11 and later keep attributes in the object: it has a dictionary only since it was asked for one.
                for name, item in own.items():
                    if type(name) is str:
                        self.refer(PROPERTY, name, item)
            elif own is not None:
                if id(own) not in self.numbers:
                    self.stores.add(id(own))
                self.refer(INTERNAL, '__dict__', own)
                # Python 3.13 and later may keep them in the object as well.
                self.named.update(map(id, own.values()))
                if plan.is_module:
                    name, file = own.get('__name__'), own.get('__file__')
                    description = name if type(name) is str else None
                    place = (file, 1) if type(file) is str else None
            elif plan.variables:
                self.inline_attributes(value, plan, referents)
        if place is not None:
            self.place(ordinal, *place)
        return description

    def items(self, value, plan):
        """The items of a builtin container, or of a subclass: read by the builtin's own methods."""
        container = plan.container
        if plan.fields:
            for name, item in zip(plan.fields, tuple.__iter__(value)):
                self.refer(PROPERTY, name, item)
            return None
        elif container is dict:
            for key, item in list(dict.items(value)):
                text = text_of(key)
                if type(key) is str and key.isidentifier() and len(key) <= MAX_NAME:
                    name = key
                else:
                    name = '[%s]' % (class_name(type(key)) if text is None else text)
                self.refer(PROPERTY, name, item)
                self.refer(INTERNAL, 'key', key)
        else:
            for index, item in enumerate(list(container.__iter__(value))):
                self.refer(ELEMENT, index, item)
        count = container.__len__(value)
        return '%s item%s' % (format(count, ','), '' if count == 1 else 's')

    def target_of_proxy(self, value, t):
        """All that a proxy is asked for it asks its target; but how CPython writes the proxy itself ends with an address."""
        text = attributes_of(t)['__repr__'](value)
        try:
            address = int(text[text.rindex('0x'):-1], 16)
        except ValueError:
            return None
        number = self.numbers.get(address)
        if number is not None:
            return self.objects[number] if number >= 0 else None
        if self.by_address is None:
            self.by_address = {id(tracked): tracked for tracked in self.tracked}
        return self.by_address.get(address)

    def ndarray(self, value):
        """An array of numpy: its size includes what memory it owns; a view refers to the array that owns it."""
        arrays = self.arrays
        self.refer(INTERNAL, 'dtype', arrays.dtype(value))
        base = arrays.base(value)
        # A view holds the items of the array by that array.
        if base is not None:
            return self.refer(PROPERTY, 'base', base)
        for index, item in enumerate(arrays.items_of(value)):
            self.refer(ELEMENT, index, item)

    def members(self, value, plan, referents):
        """Slots and the members of C structures. Those that are made for the asker are not the object's own."""
        if not plan.members:
            return
        held = {id(referent) for referent in referents}
        for name, read in plan.members:
            try:
                member = read(value)
            except Exception:
                continue
            if id(member) in held and id(member) not in self.named:
                self.refer(PROPERTY, name, member)

    def end_of_results(self, referents):
        """How many of the references of a bounded `functools.lru_cache` are of results, and how many are of one."""
        # Since Python 3.10: key, result, the class of the link.
        end = 0
        while end + 2 < len(referents) and type(referents[end + 2]) is type \
                and qualname_of(referents[end + 2]) == '_lru_list_elem':
            end += 3
        if end > 0:
            return end, 3
        # Before: key, result; after them the function, and the table of all keys.
        for at in range(3, len(referents), 2):
            table = referents[at]
            if type(table) is dict and dict.__len__(table) == at // 2:
                if set(map(id, dict.__iter__(table))) == set(map(id, referents[0:at - 1:2])):
                    return at - 1, 2
        return 0, 2

    def cached_results(self, referents):
        """A bounded `functools.lru_cache` refers to keys and results in turn."""
        if referents and referents[0] is lru_cache:
            # Classes in C that are made at run time are referred to by their objects.
            referents = referents[1:]
        end, step = self.end_of_results(referents)
        for key, result in zip(referents[0:end:step], referents[1:end:step]):
            text = text_of(key)
            self.refer(PROPERTY, '[%s]' % (class_name(type(key)) if text is None else text), result)
            self.refer(INTERNAL, 'key', key)
        count = end // step
        cache = next((referent for referent in referents[end:] if type(referent) is dict), None)
        if cache is not None:
            self.refer(INTERNAL, 'cache', cache)
        return '%s results' % format(count, ',') if count else None

    def dict_of(self, value, plan, referents):
        """The `__dict__`. In place, no object is made to have one that it had not."""
        if self.in_place and not plan.is_module:
            if not any(type(referent) is dict for referent in referents):
                return None
        return own_dict(value)

    def inline_attributes(self, value, plan, referents):
        """Attributes that an object keeps without a dictionary (Python 3.11 and later), under the names that it may use."""
        held = {id(referent) for referent in referents}
        for name in plan.variables:
            try:
                member = object.__getattribute__(value, name)
            except AttributeError:
                continue
            if id(member) in held:
                self.refer(PROPERTY, name, member)

    def frame(self, value):
        self.variables(value)
        if value.f_back is not None:
            self.refer(INTERNAL, 'f_back', value.f_back)
        self.refer(INTERNAL, 'f_code', value.f_code)
        self.refer(INTERNAL, 'f_globals', value.f_globals)
        self.refer(INTERNAL, 'f_builtins', value.f_builtins)
        return value.f_code.co_name

    def variables(self, frame):
        if not frame.f_code.co_flags & CO_OPTIMIZED:
            return
        before = {id(referent) for referent in gc.get_referents(frame)}
        variables = frame.f_locals
        # Up to Python 3.12 the frame keeps the dictionary that this makes.
        if id(variables) not in before:
            self.hide(variables)
        for name in list(variables):
            self.refer(CONTEXT, name, variables[name])

    def definition(self, value):
        """A class: its attributes, bases and place."""
        for real in gc.get_referents(attributes_of(value)):
            if type(real) is dict:
                if id(real) not in self.numbers:
                    self.stores.add(id(real))
                self.refer(INTERNAL, '__dict__', real)
        self.refer(INTERNAL, '__bases__', bases_of(value))
        self.refer(INTERNAL, '__mro__', mro_of(value))
        return class_name(value), self.plan(value).place

    # All objects.

    def drain(self):
        """Visits what was found and not visited."""
        objects = self.objects
        while self.visited < len(objects):
            number = self.visited
            self.visited += 1
            self.visit(number, objects[number])

    def list_of(self, values):
        """Edges by index to values that are not hidden."""
        numbers = [number for number in map(self.number, values) if number >= 0]
        return [self.row(number, ELEMENT, index) for index, number in enumerate(numbers)]

    def unreached(self, tracked):
        """What neither modules nor threads reach: what code in C holds, and what nothing holds.

        As CPython's collector does it (Python/gc.c, subtract_refs): an object with more references than other such
        objects account for is held from outside.
        """
        listed = {id(value) for value in tracked}
        counts = {}
        group = []
        for value in tracked:
            # The collector will not track a tuple of atoms any more when it has seen it: names of a code object, for one.
            if type(value) is tuple and not any(map(gc.is_tracked, value)):
                continue
            if id(value) not in self.numbers:
                counts[id(value)] = 0
                group.append(value)
        for value in group:
            for referent in gc.get_referents(value):
                if id(referent) in self.numbers:
                    continue
                if id(referent) not in counts:
                    counts[id(referent)] = 0
                    group.append(referent)
                counts[id(referent)] += 1
        held, lost = [], []
        # Those of ours are counted as the interpreter does: since Python 3.14, some variables borrow theirs.
        ours = reference_counts([object()])[0]
        for value, count in zip(group, reference_counts(group)):
            (held if count - ours - (id(value) in listed) > counts[id(value)] else lost).append(value)
        return held, lost

    def write(self, path, tracked, stacks):
        """Writes the snapshot of the objects that modules, threads (`stacks`: name, frames), C code and the interpreter hold."""
        modules = [(name, module) for name, module in list(sys.modules.items()) if type(name) is str]
        self.first = 1 + len(stacks) + 3
        root = []
        for name, module in modules:
            number = self.number(module)
            if number >= 0:
                root.append(self.row(number, SHORTCUT, self.strings.name(name)))
        self.drain()
        groups = []
        for name, frames in stacks:
            groups.append(('(thread %s)' % name, self.list_of(frames)))
            self.drain()
        held, lost = self.unreached(tracked)
        held_in_c = []
        for value in held:
            number = self.number(value)
            if number >= 0 and sys.getrefcount(value) < IMMORTAL:
                held_in_c.append(value)
        groups.append(('(C code)', self.list_of(held_in_c)))
        self.drain()
        lost = self.list_of(value for value in lost if id(value) not in self.numbers)
        self.drain()
        groups.append(('(immortal)', [self.row(number, ELEMENT, index) for index, number in enumerate(self.immortal)]))
        groups.append(('(unreachable, not collected yet)', lost))
        self.assemble(path, root, groups)

    def module_files(self):
        """Pairs of a module's name and the number of its file: whose the classes are that have no place of their own."""
        rows = []
        for name, module in list(sys.modules.items()):
            if type(name) is not str or type(module) is not types.ModuleType:
                continue
            own = module_dict(module)
            file = own.get('__file__')
            if type(file) is not str:
                # A built-in or frozen module is the interpreter's; what the program made itself has no specification.
                if name in sys.builtin_module_names or own.get('__spec__') is not None:
                    continue
                file = '<%s>' % name
            rows.append('[%d,%d]' % (self.strings.name(name), self.script(file)))
        return ','.join(rows)

    def assemble(self, path, root, groups):
        modules = self.module_files()
        for index in range(len(groups)):
            root.append('%d,%d,%d' % (ELEMENT, index + 1, (index + 1) * FIELDS))
        nodes = ['%d,0,1,0,%d,0' % (SYNTHETIC, len(root))]
        edges = root
        for index, (name, rows) in enumerate(groups):
            nodes.append('%d,%d,%d,0,%d,0' % (SYNTHETIC, self.strings.name(name), index + 2, len(rows)))
            edges = edges + rows
        scripts = ','.join('[%d,%d]' % (number, self.strings.text(file)) for file, number in self.scripts.items())
        for part in self.parts():
            part.flush()
        head = '"meta":%s,"node_count":%d,"edge_count":%d,"trace_function_count":0' % (
            META, len(nodes) + self.nodes.count, len(edges) + self.edges.count)
        runtime = '"name":"python","version":"%s","visit":"%s","scripts":[%s],"modules":[%s]' % (
            sys.version.split()[0], self.visit_name, scripts, modules)
        with FileIO(path, 'w') as out:
            write_all(out, ('{"snapshot":{%s,"runtime":{%s}},\n"nodes":[' % (head, runtime)).encode('utf-8', 'replace'))
            write_all(out, (',\n'.join(nodes) + ',\n').encode())
            self.nodes.copy_to(out)
            write_all(out, ('],\n"edges":[' + ',\n'.join(edges) + (',\n' if edges and self.edges.count else '')).encode())
            self.edges.copy_to(out)
            write_all(out, b'],\n"trace_function_infos":[],"trace_tree":[],"samples":[],\n"locations":[')
            write_all(out, ',\n'.join(self.places).encode())
            write_all(out, b'],\n"descriptions":[')
            self.descriptions.copy_to(out)
            write_all(out, b'],\n"strings":[')
            self.texts.copy_to(out)
            write_all(out, b']}')


def reference_counts(values):
    """The references of each, with the same number of ours among them."""
    return [sys.getrefcount(value) for value in values]


def is_dumper(value):
    """Whether an object is the namespace of a dumper."""
    name = value.get('__name__') if type(value) is dict else None
    return type(name) is str and name == '<objgraph>'


def is_own_frame(frame, namespaces):
    return any(frame.f_globals is namespace for namespace in namespaces)


def dump_here(path, in_place, callers=(), skip_caller=False, pages=(), visit=None, ignored=()):
    """Writes the snapshot of this process to `path`, beside which three temporary files are made.

    :param callers: namespaces whose frames and objects are left out as well
    :param skip_caller: whether the frame that called the first own one is left out, too
    """
    tracked = gc.get_objects()
    namespaces = [globals(), *callers]
    # Dumpers of earlier visits stay in memory until the program collects its garbage.
    for value in tracked:
        if is_dumper(value):
            namespaces.append(value)
    folder = path + '.parts'
    system.mkdir(folder, 0o700)
    try:
        dump = Dump(folder, in_place, pages, visit, tracked)
        dump.hide(tracked)
        dump.hide_atoms()
        for namespace in namespaces:
            dump.hide_namespace(namespace)
        dump.numbers.update((address, -1) for address in ignored)
        names = thread_names()
        stacks = []
        for number, frame in sys._current_frames().items():
            is_ours = is_own_frame(frame, namespaces)
            while frame is not None and is_own_frame(frame, namespaces):
                dump.hide(frame)
                frame = frame.f_back
            if is_ours and skip_caller and frame is not None:
                dump.hide(frame)
                frame = frame.f_back
            frames = []
            while frame is not None:
                frames.append(frame)
                frame = frame.f_back
            if frames or not is_ours:
                stacks.append((names.get(number, str(number)), frames))
        dump.write(path + '.part', tracked, stacks)
        write_file(path + '.pages', '[%s]' % ','.join(map(str, dump.pages)))
        system.rename(path + '.part', path)
    finally:
        for name in system.listdir(folder):
            system.unlink(folder + '/' + name)
        system.rmdir(folder)


fork = None


def find_fork():
    """C's fork, without the handlers that the program registered with os.register_at_fork; None where it cannot be called.

    It keeps the interpreter's lock, as os.fork does. `_ctypes` is written in C: no module in Python is imported for it, and
    the program does not find it imported where it was not.
    """
    global own_module
    is_known = '_ctypes' in sys.modules
    try:
        _ctypes = module_in_c('_ctypes')
        # What was loaded for us is left out of the snapshot with the rest of this namespace.
        own_module = None if is_known else _ctypes

        class Int(_ctypes._SimpleCData):
            _type_ = 'i'

        class Function(_ctypes.CFuncPtr):
            _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_PYTHONAPI
            _restype_ = Int

        return Function(_ctypes.dlsym(_ctypes.dlopen(None, 0), 'fork'))
    except (ImportError, OSError, AttributeError):
        return None


def forget_hooks():
    """In the child: what the program has asked to see of each line that runs is not called."""
    sys.settrace(None)
    sys.setprofile(None)
    monitoring = getattr(sys, 'monitoring', None)
    for tool in range(6) if monitoring is not None else ():
        if monitoring.get_tool(tool) is not None:
            monitoring.set_events(tool, 0)


def dump(path, in_place=None, callers=(), skip_caller=False, pages=(), visit=None, ignored=()):
    """Writes a snapshot of all objects of this process.

    A forked child writes it, so that the program waits for milliseconds only; the file is there, under its own name, as
    soon as it is whole. What goes wrong in the child is written to `path` + '.error'.

    :param in_place: True: the program waits until the file is written; False: where there is no fork, nothing is done, and
        `path` + '.error' says `NoFork`; None: it waits where there is no fork
    :param pages: those of the snapshot before, from `path` + '.pages', with its `visit`: objects keep their ids
    :param visit: any text; snapshots with the same one number objects alike
    :param ignored: addresses of objects that are left out
    :return: the process id of the child, 0 when the snapshot was written in place, None when it was not
    """
    global fork
    replaced = replaced_function()
    if replaced is not None:
        write_file(path + '.error', 'it has replaced %s, and none of its own code may run' % replaced)
        return None
    fork = None if in_place else fork or find_fork()
    if fork is None:
        if in_place is False:
            write_file(path + '.error', 'NoFork')
            return None
        dump_here(path, True, callers, skip_caller, pages, visit, ignored)
        return 0
    for _ in range(ATTEMPTS):
        child = fork_between_switches()
        if child == 0:
            write_in_child(path, callers, skip_caller, pages, visit, ignored)
        if child > 0 and ends_soon(child):
            return child
    write_file(path + '.error', 'it could not be forked: try again')
    return None


def fork_between_switches():
    """Forks while no other thread is about to ask for the interpreter's lock.

    In the child there are no other threads. One of them that had just asked for the lock would be waited for there: see
    drop_gil in CPython's ceval_gil.c. Threads ask when they have waited for the switch interval, so that is made long first;
    those that wait already do so for the former one.
    """
    if len(sys._current_frames()) == 1:
        return fork()
    now = module_in_c('time').perf_counter
    former = sys.getswitchinterval()
    sys.setswitchinterval(max(former, 0.03 + SECONDS_A_PAGE * resident_pages()))
    try:
        end = now() + 2 * former
        while now() < end:
            pass
        return fork()
    finally:
        sys.setswitchinterval(former)


def resident_pages():
    try:
        with FileIO('/proc/self/statm') as file:
            return int(file.readall().split()[1])
    except (OSError, ValueError):
        return 100000


def ends_soon(child):
    """Waits for the child, which ends at once; one that does not is killed."""
    time = module_in_c('time')
    end = time.monotonic() + LONGEST_WAIT
    try:
        while system.waitpid(child, WNOHANG)[0] == 0:
            if time.monotonic() > end:
                system.kill(child, SIGKILL)
                system.waitpid(child, 0)
                return False
            time.sleep(0.001)
    except ChildProcessError:
        # The program ignores SIGCHLD, or waits for all children.
        pass
    return True


def write_in_child(path, callers, skip_caller, pages, visit, ignored):
    """Forks once more, so that the program has no child that it does not know. Does not return."""
    try:
        # Either waits for ever where another thread held the lock that it takes.
        system.getcwd()
        sys._current_frames()
        writer = fork()
        if writer == 0:
            try:
                forget_hooks()
                gc.disable()
                # What gc.freeze() has put aside is listed again.
                gc.unfreeze()
                dump_here(path, False, callers, skip_caller, pages, visit, ignored)
            except BaseException as error:
                write_file(path + '.error', '%s: %s' % (type(error).__name__, error))
        else:
            write_file(path + '.writer', str(writer))
    finally:
        system._exit(0)
