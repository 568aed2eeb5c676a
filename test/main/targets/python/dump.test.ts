// The dumper, run in real Pythons: what it names, and what it does not run.
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { findPaths } from '../../../../shared/heap/paths.ts';
import { NodeNames } from '../../../../shared/heap/node-names.ts';
import { ObjectValues } from '../../../../shared/heap/object-values.ts';
import { NodeType } from '../../../../shared/heap/node-types.ts';
import { Owner } from '../../../../shared/heap/owner.ts';
import { ReferenceNames } from '../../../../shared/heap/reference-names.ts';
import { inTurn } from '../../../turns.ts';
import { debianPython, dump, nodesWhere, somePythons } from './dumped.ts';

const fixture = (name: string) => resolve('test/fixtures/python', name);

/** The shortest path to the session of a name, as `module a → cache → [1000]`. */
function pathTo({ graph, objects }: HeapAnalysis, name: string): string {
  const names = new NodeNames(objects);
  const references = new ReferenceNames(objects, names);
  const text = Array.from({ length: graph.nodeCount }, (_, node) => node).find(
    (node) => names.type(node) === 'str' && names.string(node) === name,
  );
  if (text === undefined) return `no text ${name}`;
  const session = Array.from({ length: graph.nodeCount }, (_, node) => node).find((node) => {
    const store = graph.childNamed(node, '__dict__');
    const held = store < 0 ? graph.childNamed(node, 'name') : graph.childNamed(store, 'name');
    return graph.nodeName(node).endsWith('Session') && held === text;
  });
  if (session === undefined) return `no session ${name}`;
  const [path] = findPaths(objects, session, { count: 1 });
  if (!path) return 'nothing refers to it';
  return path
    .map(({ node, edge }, i) => {
      const name = edge < 0 ? '' : references.of(node, edge);
      return i === 0 ? `${names.type(node)} ${names.describe(node)} → ${name}` : name;
    })
    .filter((part) => part !== '')
    .join(' → ');
}

describe.each(somePythons)('%s', (python) => {
  const forked = dump(python, fixture('shapes.py'));

  it.each([
    ['number', 'module shapes → cache → [1000]'],
    ['plain', 'module shapes → cache → plain'],
    ['text', "module shapes → cache → ['with space']"],
    ['pair', "module shapes → cache → [(1, 'x')]"],
    ['list', 'module shapes → listed → [0]'],
    ['tuple', 'module shapes → paired → [0]'],
    ['set', 'module shapes → collected → item'],
    ['deque', 'module shapes → queued → [0]'],
    ['slot', 'module shapes → slotted → left'],
    ['closure', 'module shapes → function → captured → cell_contents'],
    ['partial', 'module shapes → partial → args → [0]'],
    ['keyword', 'module shapes → partial → keywords → key'],
    ['self', 'module shapes → method → __self__'],
    ['generator', 'module shapes → running → local'],
    ['result', "module shapes → cached → ['result']"],
    ['argument', 'module shapes → coroutine_of_argument → argument'],
    ['async generator', 'module shapes → async_running → local'],
    ['task', 'module shapes → task → _coro → argument'],
    ['callback', 'module shapes → task → callback → args → [0]'],
    ['future', 'module shapes → future → _result'],
    ['frame of a traceback', 'module shapes → failure → __traceback__ → tb_next → tb_frame → kept'],
    ['named tuple', 'module shapes → point → left'],
    ['key is a function', 'module shapes → by_function → [len]'],
    ['key is a class', 'module shapes → by_function → [Session]'],
    ['key is a class of exceptions', 'module shapes → by_function → [Touched]'],
    ['key is None', 'module shapes → by_function → [None]'],
    ['key is bytes', "module shapes → by_function → [b'x']"],
    ['key is an object', 'module shapes → by_object → [shapes.Session]'],
    ['key', 'module shapes → by_object → key'],
    ['ordered', 'module shapes → ordered → first'],
    ['default dictionary', 'module shapes → default → first'],
    ['mapping proxy', 'module shapes → mapping → mapping → first'],
    ['namespace', 'module shapes → namespace → first'],
    ['record', 'module shapes → record → left'],
    ['chain map', 'module shapes → chained → maps → [0] → first'],
    ['static one', 'module shapes → wrapped → __func__ → captured → cell_contents'],
    ['attribute of a class', 'module shapes → Defined → shared'],
    ['attribute of a function', 'module shapes → Defined → get → attribute'],
    ['in a dict of a class', 'module shapes → touchy_dict → a'],
    ['in a list of a class', 'module shapes → touchy_list → [0]'],
  ])('names the path to the session %s', (name, path) => {
    expect(pathTo(forked.analysis, name)).toBe(path);
  });

  it('runs nothing of the program, forked or in place', () => {
    expect(forked.output).toBe('');
    expect(dump(python, fixture('shapes.py'), { inPlace: true }).output).toBe('');
    for (const inPlace of [false, true]) {
      const { output, analysis } = dump(python, fixture('hostile.py'), { inPlace });
      expect(output).toBe('');
      expect(nodesWhere(analysis, (name) => name.endsWith('.Renamed'))).toHaveLength(1);
    }
  });

  it('lets the interpreter hold what it never frees', () => {
    const { analysis } = forked;
    const { graph } = analysis;
    const [immortal] = nodesWhere(analysis, (name) => name === '(immortal)');
    const held = new Set(
      graph.edgeTargets.subarray(graph.firstEdges[immortal], graph.firstEdges[immortal + 1]),
    );
    const classes = nodesWhere(analysis, (name) => name === 'type');
    const names = new NodeNames(analysis.objects);
    const isHeld = (name: string) => classes.some((node) => held.has(node) && names.describe(node) === name);
    expect(['dict', 'list', 'shapes.Session'].map(isHeld)).toEqual([true, true, false]);
    // Since Python 3.12, texts that are interned are never freed: names of attributes, for one.
    const isLater = /3\.1[2-9]/.test(python);
    const texts = [...held].filter((node) => graph.nodeTypes[node] === NodeType.string);
    expect(texts.some((node) => graph.nodeName(node) === 'cart')).toBe(isLater);
  });

  it('names functions and containers by their names and lengths, objects by their fields', () => {
    const { objects } = forked.analysis;
    const names = new NodeNames(objects);
    const values = new ObjectValues(objects, names, new ReferenceNames(objects, names));
    const textsOf = (type: string) =>
      nodesWhere(forked.analysis, (name) => name === type).map(
        (node) => values.describe(node) ?? names.describe(node),
      );
    expect(textsOf('function')).toContain('Session.__init__');
    expect(textsOf('type')).toContain('shapes.Session');
    expect(textsOf('collections.deque')).toContain('1 item');
    expect(textsOf('shapes.Session')).toContain('{name: "closure", cart}');
  });

  it('counts a buffer for the view that holds it', () => {
    const { analysis } = forked;
    const { graph, retainedSizes } = analysis;
    const views = nodesWhere(
      analysis,
      (name, node) => name === 'memoryview' && retainedSizes[node] > 100_000,
    );
    expect(views).toHaveLength(1);
    expect(graph.nodeName(graph.childNamed(graph.childNamed(views[0], 'buffer'), 'obj'))).toBe('bytearray');
  });

  it('marks the target of a weak reference as weak', () => {
    const { graph } = forked.analysis;
    const weak = graph.strings.indexOf('weakref.ReferenceType');
    const other = graph.strings.indexOf('weakref');
    const edge = Array.from({ length: graph.nodeCount }, (_, node) => node)
      .filter((node) => graph.nodeNames[node] === weak || graph.nodeNames[node] === other)
      .map((node) => graph.edgeNamed(node, '__referent__'))
      .find((found) => found >= 0 && graph.nodeName(graph.edgeTargets[found]) === 'shapes.Slotted');
    expect(edge).toBeDefined();
    expect(graph.edgeType(edge!)).toBe(6);
    const [proxy] = nodesWhere(forked.analysis, (name) => /^(weakref\.ProxyType|weakproxy)$/.test(name));
    const ofProxy = graph.edgeNamed(proxy, '__referent__');
    expect(graph.nodeName(graph.edgeTargets[ofProxy])).toBe('shapes.Session');
    expect(graph.edgeType(ofProxy)).toBe(6);
  });

  it('places classes and functions on their lines', () => {
    const { classes } = forked.analysis;
    const lineOf = (name: string) => classes.list.find((found) => found.name === name)?.location?.line;
    // Its module has no file: run_path did not import it.
    expect(classes.list.map(({ name }) => name)).toContain('shapes.Session');
    expect(lineOf('shapes.Session') ?? 11).toBe(11);
  });

  it('leaves its own objects out', () => {
    const { graph } = forked.analysis;
    const own = ['Dump', 'Rows', 'Strings', 'Plan'].flatMap((name) => [name, `<objgraph>.${name}`]);
    // Python 3.14 has its table of all interned texts, those of ours among them, where the collector looks.
    const isOwnText = (node: number) => python.includes('3.14') && graph.nodeTypes[node] === NodeType.string;
    const named = new Set(
      nodesWhere(forked.analysis, (_, node) => !isOwnText(node)).map((node) => graph.nodeName(node)),
    );
    expect(own.filter((name) => named.has(name))).toEqual([]);
    // Of what it has made only for itself: names of parts of a code object, in a list; a coroutine that never ran.
    const names = new NodeNames(forked.analysis.objects);
    const described = nodesWhere(forked.analysis, (name) => name === 'coroutine').map((node) =>
      names.describe(node),
    );
    expect(described.filter((text) => text.includes('types._coroutine'))).toEqual([]);
    const lists = nodesWhere(forked.analysis, (name, node) => {
      const [first] = graph.edgeTargets.subarray(graph.firstEdges[node], graph.firstEdges[node + 1]);
      return name === 'list' && first !== undefined && graph.nodeName(first) === 'co_consts';
    });
    expect(lists).toEqual([]);
  });

  it('imports nothing for the program', () => {
    const { analysis } = dump(python, fixture('imports.py'), { flags: ['-S'] });
    expect(analysis.graph.strings.indexOf('imports')).toBeGreaterThanOrEqual(0);
    const modules = nodesWhere(analysis, (_, node) => analysis.objects.isRoot(node)).map((node) =>
      new NodeNames(analysis.objects).describe(node),
    );
    expect(modules.filter((name) => /ctypes|^re$|^gc$|^_functools$/.test(name))).toEqual([]);
  });

  it('gives each class its owner: the program, the standard library, the interpreter', () => {
    const { analysis } = dump(python, fixture('owners.py'));
    const ownerOf = (name: string) => {
      const [node] = nodesWhere(analysis, (other) => other === name);
      return node === undefined ? `no ${name}` : analysis.owners.ofNode[node];
    };
    expect(ownerOf('owners.Written')).toBe(Owner.yours);
    // No line of the source has `class Made`.
    expect(ownerOf('owners.Made')).toBe(Owner.yours);
    expect(ownerOf('logging.Logger')).toBe(Owner.internal);
    expect(ownerOf('decimal.Decimal')).toBe(Owner.internal);
    expect(ownerOf('dict')).toBe(Owner.builtIn);
    expect(ownerOf('itertools.count')).toBe(Owner.builtIn);
  });
});

/** Of what does not depend on their version. */
const turn = inTurn(somePythons);

it.each(turn())('says so where it would have to run code of the program: %s', (python) => {
  expect(() => dump(python, fixture('replaced.py'))).toThrow(
    'it has replaced gc.get_objects, and none of its own code may run',
  );
});

it.each(turn())('has what gc.freeze() has put aside: %s', (python) => {
  const { analysis } = dump(python, fixture('frozen.py'));
  for (const name of ['frozen.Held', 'frozen.Lost'])
    expect(nodesWhere(analysis, (other) => other === name)).toHaveLength(1);
});

describe('arrays of numpy', () => {
  const { output, analysis } = dump(debianPython, fixture('arrays.py'));
  const { graph, retainedSizes } = analysis;

  it('own their memory, which a view retains', () => {
    const arrays = nodesWhere(analysis, (name) => name === 'numpy.ndarray');
    const [owner] = arrays.filter((node) => graph.selfSizes[node] > 1_000_000);
    expect(graph.selfSizes[owner]).toBeLessThan(1_001_000);
    const [view] = arrays.filter((node) => graph.childNamed(node, 'base') === owner);
    expect(retainedSizes[view]).toBeGreaterThan(1_000_000);
  });

  it('refer to their objects, by index', () => {
    expect(pathTo(analysis, 'in an array')).toBe('module arrays → objects → [2]');
    expect(pathTo(analysis, 'in a list in an array')).toBe('module arrays → objects → [1] → [0]');
  });

  it('run nothing of the program', () => {
    expect(output).toBe('');
    expect(nodesWhere(analysis, (name) => name === 'arrays.Image')).toHaveLength(1);
  });

  it('belong to their package', () => {
    const [array] = nodesWhere(analysis, (name) => name === 'numpy.ndarray');
    expect(analysis.owners.ofNode[array]).toBe(Owner.package);
    expect(analysis.owners.packageOf(array)).toBe('numpy');
  });
});

const torchPython = process.env.OBJGRAPH_TORCH_PYTHON;
if (torchPython === undefined)
  console.log('NOT RUN for want of OBJGRAPH_TORCH_PYTHON: the memory of tensors.');

describe.skipIf(torchPython === undefined)('tensors of torch', () => {
  it('share their memory, and none of the program runs for them', () => {
    const { output, analysis } = dump(torchPython!, fixture('tensors.py'));
    expect(output).toBe('');
    const { graph, retainedSizes } = analysis;
    const storages = nodesWhere(
      analysis,
      (name, node) => graph.nodeTypes[node] === NodeType.native && name === 'torch storage (cpu)',
    );
    const sizes = storages.map((node) => graph.selfSizes[node]).sort((a, b) => b - a);
    expect(sizes.slice(0, 2)).toEqual([1_000_000, 4000]);
    const [shared] = storages.filter((node) => graph.selfSizes[node] === 1_000_000);
    const { first } = analysis.retainers;
    expect(first[shared + 1] - first[shared]).toBe(11);
    // Ten views and a tensor hold it: no one of them alone.
    const tensors = nodesWhere(analysis, (name) => name === 'torch.Tensor');
    expect(Math.max(...tensors.map((node) => retainedSizes[node]))).toBeLessThan(1_000_000);
  });
});
