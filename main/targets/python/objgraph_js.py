"""Pictures of this program's objects by objgraph for JavaScript, from a REPL or a breakpoint.

    import sys; sys.path.insert(0, '<the folder of this file>')   # objgraph python-helper prints this file's path
    import objgraph_js

    objgraph_js.show_backrefs(session, filename='who.svg')        # without a file name the viewer opens
    objgraph_js.growth_report()                                   # what has grown since the last call
    objgraph_js.dump('now.heapsnapshot')                          # for objgraph types|suspects|chain|view

Where Python's objgraph is installed, importing this module lets the pictures that its show_refs, show_backrefs and show_chain open in
a viewer grow there, too: they are drawn from a snapshot, which lies beside the picture. `grow_pictures(False)` ends that.

The functions have the signatures of Python's objgraph. They draw from a snapshot: `filter`, `highlight`, `extra_info`, `refcounts` and
`extra_node_attrs` are asked about the objects around `objs` when the picture is drawn, and not about those by which it grows later.

Needs the standard library, and Node.js on the PATH (or its path in OBJGRAPH_NODE). CPython 3.9 to 3.14.
"""
import atexit
import functools
import gc
import inspect
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

__all__ = ['dump', 'show_refs', 'show_backrefs', 'show_chain', 'growth_report', 'grow_pictures']

_folder = os.path.dirname(os.path.abspath(__file__))
_visit = os.urandom(8).hex()
_pages = ()
_last = None
# What objgraph_dump.py leaves out.
_ATOMS = (None, True, False, Ellipsis, NotImplemented, '', b'', (), *range(-5, 257))


def dump(filename, ignored=()):
    """Writes a snapshot of all objects of this process, which waits for some milliseconds only where the system can fork.

    :param ignored: what `id()` gives of objects to leave out
    :return: the file's name
    """
    global _pages
    filename = os.path.abspath(os.fspath(filename))
    dumper = {}
    source = os.path.join(_folder, 'objgraph_dump.py')
    with open(source, encoding='utf-8') as file:
        exec(compile(file.read(), '<objgraph>', 'exec'), dumper)
    if os.path.exists(filename):
        os.unlink(filename)
    dumper['dump'](filename, callers=(globals(),), pages=_pages, visit=_visit, ignored=tuple(ignored))
    while not os.path.exists(filename):
        if os.path.exists(filename + '.error'):
            with open(filename + '.error', encoding='utf-8') as file:
                problem = file.read()
            # It may be written still.
            if problem:
                os.unlink(filename + '.error')
                raise RuntimeError('The snapshot could not be written: ' + problem)
        time.sleep(0.005)
    with open(filename + '.pages') as file:
        _pages = tuple(int(number) for number in file.read().strip('[]').split(',') if number)
    for ending in ('.pages', '.writer'):
        if os.path.exists(filename + ending):
            os.unlink(filename + ending)
    return filename


def show_refs(objs, max_depth=3, extra_ignore=(), filter=None, too_many=10, highlight=None, filename=None,
              extra_info=None, refcounts=False, shortnames=True, output=None, extra_node_attrs=None):
    """Draws what `objs` (an object, or a list or tuple of them) refer to.

    :param filter: leaves out objects for which it is false
    :param highlight: objects for which it is true stand out
    :param extra_info: gives a line of text for an object
    :param refcounts: whether to show how many references each object has
    :param extra_node_attrs: gives a dict of Graphviz attributes for an object
    :param filename: `.svg`, `.png` or `.dot`; the viewer opens without one
    :param output: a file-like object that gets the DOT text
    """
    _draw('refs', objs, ['--max-depth', str(max_depth), '--too-many', str(too_many)], extra_ignore, filename, output,
          _Marks(gc.get_referents, max_depth, filter, highlight, extra_info, refcounts, extra_node_attrs))


def show_backrefs(objs, max_depth=3, extra_ignore=(), filter=None, too_many=10, highlight=None, filename=None,
                  extra_info=None, refcounts=False, shortnames=True, output=None, extra_node_attrs=None):
    """Draws what refers to `objs` (an object, or a list or tuple of them); see `show_refs`."""
    _draw('backrefs', objs, ['--max-depth', str(max_depth), '--too-many', str(too_many)], extra_ignore, filename, output,
          _Marks(gc.get_referrers, max_depth, filter, highlight, extra_info, refcounts, extra_node_attrs))


def show_chain(*chains, extra_ignore=(), highlight=None, filename=None, extra_info=None, refcounts=False, shortnames=True,
               output=None, extra_node_attrs=None, backrefs=True):
    """Draws chains of objects, as objgraph.find_backref_chain() and find_ref_chain() return them; for options see `show_refs`."""
    objs = [obj for chain in chains for obj in chain]
    if not objs:
        raise ValueError('show_chain needs a chain that is not empty')
    _draw('refs', objs, ['--between'], extra_ignore, filename, output,
          _Marks(gc.get_referents, 0, None, highlight, extra_info, refcounts, extra_node_attrs))


def growth_report(limit=10, file=None):
    """Prints which classes have more objects than at the last call; the first call only looks."""
    global _last
    if _last is None:
        _last = tempfile.mkdtemp(prefix='objgraph-growth-')
        dump(os.path.join(_last, 'before.heapsnapshot'))
        print('The first look: call growth_report() again to see what has grown', file=file)
        return
    before, after = (os.path.join(_last, name + '.heapsnapshot') for name in ('before', 'after'))
    dump(after)
    print(_objgraph('growth', before, after, '--limit', str(limit)), end='', file=file)
    os.replace(after, before)


def _remove_last():
    if _last is not None:
        shutil.rmtree(_last, ignore_errors=True)


# Functions of the program are asked about so many objects at most.
_MOST_ASKED = 10000


class _Marks:
    """What functions of the program say of the objects around others, for they cannot be called in a snapshot."""

    def __init__(self, neighbours, max_depth, filter, highlight, extra_info, refcounts, extra_node_attrs):
        self.neighbours = neighbours
        self.max_depth = max_depth
        self.filter = filter
        self.highlight = highlight
        self.extra_info = extra_info
        self.refcounts = refcounts
        self.extra_node_attrs = extra_node_attrs
        self.found = []
        self.left_out = set()

    def ask(self, objs, ignored):
        """Walks as objgraph does. A picture folds dictionaries into their objects: it sees two steps where it draws one."""
        if not (self.filter or self.highlight or self.extra_info or self.refcounts or self.extra_node_attrs):
            return
        seen = set(ignored)
        seen.update(map(id, (objs, self.found, seen, self, self.__dict__)))
        level = list(objs)
        self.found.extend(level)
        seen.update(map(id, level))
        for _ in range(2 * self.max_depth):
            level = [obj for obj in level if not inspect.ismodule(obj)]
            if not level or len(self.found) > _MOST_ASKED:
                return
            seen.add(id(level))
            around = self.neighbours(*level)
            seen.add(id(around))
            level = []
            seen.add(id(level))
            for obj in around:
                if id(obj) in seen or inspect.isframe(obj) and obj.f_globals is globals():
                    continue
                seen.add(id(obj))
                if self.filter and not self.filter(obj):
                    self.left_out.add(id(obj))
                else:
                    level.append(obj)
                    self.found.append(obj)
            del around

    def texts(self):
        """Per id of the snapshot, as `objgraph refs --marks` reads it."""
        marks = {}
        # Of ours: the list, and what the call takes.
        counts = _reference_counts(self.found)
        ours = _reference_counts([object()])[0]
        for obj, count in zip(self.found, counts):
            mark = {'notes': [], 'highlight': bool(self.highlight and self.highlight(obj))}
            if self.refcounts:
                mark['notes'].append('%d reference%s' % (count - ours, '' if count - ours == 1 else 's'))
            if self.extra_info:
                mark['notes'].append(str(self.extra_info(obj)))
            if self.extra_node_attrs:
                mark['attributes'] = {str(name): str(value) for name, value in self.extra_node_attrs(obj).items()}
            heap_id = _find_heap_id(obj)
            if heap_id is not None:
                marks[heap_id] = mark
        return marks


def _reference_counts(objs):
    return [sys.getrefcount(obj) for obj in objs]


def _draw(command, objs, options, ignored, filename, output, marks=None):
    if filename and output:
        raise ValueError('Cannot specify both output and filename.')
    objs = objs if type(objs) in (list, tuple) else [objs]
    ignored = {id(objs), *ignored}
    if marks is not None:
        marks.ask(objs, ignored)
        ignored |= marks.left_out
    folder = tempfile.mkdtemp(prefix='objgraph-python-')
    try:
        # The lists that hold them are ours.
        own = () if marks is None else (id(marks), id(marks.__dict__), id(marks.found), id(marks.left_out))
        snapshot = dump(os.path.join(folder, 'objects.heapsnapshot'), (*own, *ignored))
        ids = [text for obj in objs for text in ('--id', str(_heap_id(obj)))]
        texts = {} if marks is None else marks.texts()
        if texts:
            marked = os.path.join(folder, 'marks.json')
            with open(marked, 'w', encoding='utf-8') as file:
                json.dump(texts, file)
            options = [*options, '--marks', marked]
        del objs, marks
        written = filename or (output and os.path.join(folder, 'picture.dot'))
        picture = ['-o', os.path.abspath(os.fspath(written))] if written else []
        _objgraph(command, snapshot, *ids, *options, *picture)
        if output:
            with open(written, encoding='utf-8') as file:
                output.write(file.read())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _heap_id(obj):
    """Its number in the snapshot. Raises ValueError for what is not there."""
    found = _find_heap_id(obj)
    if found is None:
        raise ValueError('This %s is not in the snapshot: numbers up to 256, None, True, False and the empty texts, which '
                         'all share, are left out' % type(obj).__qualname__)
    return found


def _find_heap_id(obj):
    """As objgraph_dump.py numbers objects; None for those that it leaves out."""
    page = id(obj) >> 20
    if page not in _pages or any(obj is atom for atom in _ATOMS):
        return None
    return (_pages.index(page) + 1) << 16 | (id(obj) & 0xFFFFF) >> 4


def _objgraph(*args):
    """Runs the command; returns what it prints."""
    node = os.environ.get('OBJGRAPH_NODE') or shutil.which('node')
    if node is None:
        raise RuntimeError('Node.js is not on the PATH: install it, or put its path into OBJGRAPH_NODE')
    command = [node, os.path.join(os.path.dirname(_folder), 'cli.js'), *args]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8', check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or 'objgraph ended with status %d' % done.returncode)
    if done.stderr:
        sys.stderr.write(done.stderr)
    return done.stdout


# Pictures that go to files do not grow.
_NOT_OURS = ('filename', 'output')
_originals = {}


def grow_pictures(grow=True):
    """Whether the pictures that Python's objgraph opens in a viewer are drawn from a snapshot, so that they grow there.

    Those that are written to a file stay as they are.
    """
    try:
        import objgraph
    except ImportError:
        return
    if not grow:
        for name, original in _originals.items():
            setattr(objgraph, name, original)
        _originals.clear()
        return
    for name, ours in (('show_refs', show_refs), ('show_backrefs', show_backrefs), ('show_chain', show_chain)):
        if name not in _originals:
            _originals[name] = getattr(objgraph, name)
            setattr(objgraph, name, _growing(_originals[name], ours))


def _growing(original, ours):
    signature = inspect.signature(original)

    @functools.wraps(original)
    def show(*args, **options):
        asked = dict(signature.bind(*args, **options).arguments)
        asked.update(asked.pop('kw', {}))
        if any(asked.get(name) for name in _NOT_OURS):
            return original(*args, **options)
        # What it is of: chains, or objects. Other options say how Python's objgraph searches and writes.
        subjects = asked['chains'] if 'chains' in asked else [asked['objs']]
        known = inspect.signature(ours).parameters
        taken = {name: value for name, value in asked.items() if name in known and name not in ('objs', 'chains')}
        try:
            return ours(*subjects, **taken)
        except (RuntimeError, ValueError, OSError) as problem:
            print('This picture will not grow: %s' % problem, file=sys.stderr)
            return original(*args, **options)

    return show


atexit.register(_remove_last)
grow_pictures()
