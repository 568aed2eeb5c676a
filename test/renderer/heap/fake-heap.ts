// A heap for the fake host: rows that are reckoned from their place, so that a million of them need no memory. It runs in
// the page; what a test wants to be otherwise is in its options.
import type { Page as BrowserPage } from 'playwright-core';
import type { MemorySample } from '../../../shared/memory-timeline.ts';
import type { AllocationsState } from '../../../shared/protocol/allocations.ts';
import type { HeapState, SnapshotState } from '../../../shared/protocol/heap.ts';
import type { AttachedState, TargetRow } from '../../../shared/protocol/targets.ts';

export interface FakeHeapOptions {
  heap: HeapState | null;
  target: AttachedState | null;
  targets: TargetRow[];
  /** Of the target, so far. */
  memory: MemorySample[];
  /** Milliseconds that each answer takes. */
  delay: number;
  /** Some classes are the program's own. */
  yours: boolean;
  allocations: AllocationsState | null;
}

const allReady: SnapshotState['ready'] = ['counts', 'retainedSizes', 'dominators', 'strings', 'suspects'];

export const snapshot = (change: Partial<SnapshotState> = {}): SnapshotState => ({
  id: 0,
  name: 'leak.heapsnapshot',
  path: '/home/me/leak.heapsnapshot',
  nodes: 1_482_112,
  edges: 6_010_447,
  size: 520_300_000,
  progress: null,
  ready: allReady,
  problem: null,
  ...change,
});

export const heapOf = (...snapshots: SnapshotState[]): HeapState => ({
  snapshots: snapshots.map((each, id) => ({ ...each, id })),
  shown: snapshots.length - 1,
  sameProcess: true,
});

export const timeline = (count: number): HeapState =>
  heapOf(
    ...Array.from({ length: count }, (_, i) =>
      snapshot({ name: `server.js, 14:0${i}:21`, path: null, size: 120_000_000 + i * 31_000_000 }),
    ),
  );

export const attached = (change: Partial<AttachedState> = {}): AttachedState => ({
  address: '4242',
  title: 'server.js',
  pid: 4242,
  isInspectable: true,
  runtime: 'Node',
  version: '24.21.0',
  startedAt: Date.now() - 200_000,
  status: 'attached',
  taken: [],
  progress: null,
  problem: null,
  ...change,
});

const process: TargetRow = {
  address: '4242',
  pid: 4242,
  title: 'server.js',
  packageName: 'shop',
  folder: '/srv/shop',
  runtime: 'node',
  version: '24.21.0',
  uptime: 8130,
  memory: 612_000_000,
  inspector: null,
  kind: 'process',
  obstacle: null,
};

export const processes: TargetRow[] = [
  process,
  { ...process, address: '4242#1', title: 'resize.js', packageName: null, kind: 'worker', memory: null },
  {
    ...process,
    address: '5151',
    pid: 5151,
    title: 'worker.mjs',
    packageName: 'mailer',
    folder: '/srv/mailer',
    version: '20.20.2',
    uptime: 44,
    memory: 81_000_000,
    inspector: '127.0.0.1:9229',
  },
  {
    ...process,
    address: '6001',
    pid: 6001,
    title: 'main.ts',
    packageName: null,
    folder: '/home/me/tools',
    runtime: 'deno',
    version: '2.9.5',
    uptime: 700_000,
    memory: 140_000_000,
    obstacle: 'Deno opens its inspector at its start only: start it with --inspect.',
  },
  {
    ...process,
    address: 'ws://127.0.0.1:9333/devtools/page/1',
    pid: 7040,
    title: 'Dashboard',
    packageName: null,
    folder: null,
    runtime: 'chromium',
    version: '156',
    uptime: null,
    memory: 210_000_000,
    inspector: '127.0.0.1:9333',
    kind: 'page',
  },
];

/** For `FakeHost.open`. */
export function fakeHeap(change: Partial<FakeHeapOptions> = {}) {
  const options: FakeHeapOptions = {
    heap: heapOf(snapshot()),
    target: null,
    targets: processes,
    memory: [],
    delay: 0,
    yours: false,
    allocations: null,
    ...change,
  };
  return (page: BrowserPage) => page.addInitScript(install, options);
}

/** In the page: nothing from outside of it is there. */
function install({ heap, target, targets, memory, delay, yours, allocations }: FakeHeapOptions): void {
  const location = (line: number) => ({ script: '/srv/shop/src/cache.js', line, column: 14 });
  const names = ['User', 'Request', 'Session', '(string)', 'Array', 'Object', '{url, headers}', 'Map'];
  const types = Array.from({ length: 400 }, (_, index) => {
    const type = names[index] ?? `Class${index}`;
    const count = index === 0 ? 1_000_000 : Math.floor(600_000 / (index * index));
    const where = index < 3 ? location(12 + index) : null;
    const shallowSize = count * (24 + (index % 5) * 8);
    const retainedSize = Math.floor(260_000_000 / (index + 1));
    const owner = yours && index < 3 ? 'yours' : 'builtIn';
    return {
      index,
      type,
      location: where,
      owner,
      count,
      shallowSize,
      retainedSize,
      distance: 2 + (index % 7),
    };
  });
  const object = (id: number) => {
    const type = types[id % 97 === 0 ? 7 : id > 2_000_001 ? 1 : 0];
    return {
      id,
      type: type.type,
      location: type.location,
      owner: type.owner,
      name: type.index === 7 ? '2,000 entries' : `{id: ${(id - 1) / 2}}`,
      shallowSize: 24 + (id % 16),
      retainedSize: Math.max(64, 4_000_000 - id) as number | null,
      distance: 3 + (id % 5),
    };
  };
  type Row = Record<string, unknown>;
  const sorted = (rows: Row[], { sort, direction }: { sort: string; direction: string }) => {
    const sign = direction === 'ascending' ? 1 : -1;
    const text = (value: unknown) => String(value ?? '');
    return [...rows].sort((a, b) => {
      const [left, right] = [a[sort], b[sort]];
      if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
      return sign * text(left).localeCompare(text(right));
    });
  };
  const paged = (rows: unknown[], { offset, limit }: { offset: number; limit: number }) => ({
    offset,
    total: rows.length,
    rows: rows.slice(offset, offset + limit),
  });
  const ownedPage = (
    rows: Row[],
    asked: { only: string; sort: string; direction: string; offset: number; limit: number },
  ) => {
    const ofYours = rows.filter(({ owner }) => owner === 'yours');
    const others = rows.filter(({ owner }) => owner !== 'yours');
    const parts: Record<string, Row[]> = { yours: ofYours, packages: [], internal: others };
    const owners = { yours: ofYours.length, packages: 0, internal: others.length };
    return { ...paged(sorted(parts[asked.only] ?? rows, asked), asked), owners };
  };
  const reckoned = (
    total: number,
    { offset, limit }: { offset: number; limit: number },
    row: (index: number) => unknown,
  ) => ({
    offset,
    total,
    rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, i) => row(offset + i)),
  });
  const edges = ['cache', 'table', '[0]', '"42"', 'listeners', 'context', 'owner'];
  const reference = (id: number, i: number, further: number) => ({
    edge: edges[i % edges.length] + (i < edges.length ? '' : i),
    edgeIndex: id * 10 + i,
    isWeak: i === 3,
    object: object(id * 2 + 1 + i * 2),
    further,
    isRoot: i === 0 && id > 3000,
  });
  const path = (id: number, of: number) => [
    {
      object: { ...object(97), type: 'module', name: `svc${of}.js` },
      edge: 'exports',
      edgeIndex: 900 + of,
    },
    { object: object(194 + of * 2 + 1), edge: 'cache', edgeIndex: 1900 + of },
    { object: object(97 * 3), edge: '"42"', edgeIndex: 2900 + of },
    { object: object(id), edge: null, edgeIndex: null },
  ];
  const treemap = (id: number, size: number, depth: number): unknown => ({
    object: { ...object(id), type: types[id % 8].type },
    size,
    parts:
      depth === 0
        ? []
        : [0.34, 0.2, 0.14, 0.09, 0.06, 0.04, 0.03]
            .map((share, i) => treemap(id * 7 + 2 * i + 3, size * share, depth - 1))
            .filter((part) => (part as { size: number }).size > 400_000),
  });

  const frame = (name: string, owner: string, script: string | null, line: number) => ({
    function: name,
    location: script === null ? null : { script, line, column: 3 },
    owner,
    package: owner === 'package' ? 'express' : null,
  });
  const frames = [
    frame('(root)', 'builtIn', null, 0),
    frame('handleRequest', 'yours', '/srv/shop/src/server.js', 40),
    frame('remember', 'yours', '/srv/shop/src/cache.js', 12),
    frame('(anonymous)', 'yours', '/srv/shop/src/session.js', 7),
    frame('next', 'package', '/srv/shop/node_modules/express/lib/router.js', 110),
    frame('processTicksAndRejections', 'internal', 'node:internal/process/task_queues', 71),
  ];

  const handlers: Record<string, (params: never) => unknown> = {
    'heap.get': () => heap,
    'target.get': () => target,
    'target.memory': () => memory,
    'target.list': () => targets,
    'target.estimate': () => ({ heapUsed: 118_000_000, pause: 3100, memory: 1_180_000_000 }),
    'target.evaluate': ({ expression }: { expression: string }) => {
      if (expression === 'broken')
        return {
          description: 'ReferenceError: broken is not defined',
          threw: true,
          type: 'object',
          id: null,
          inSnapshot: false,
        };
      const isNew = expression === 'fresh';
      return {
        description: expression === '1 + 1' ? '2' : 'Map(2000)',
        threw: false,
        type: 'object',
        id: expression === '1 + 1' ? null : 97,
        inSnapshot: !isNew,
      };
    },
    'target.complete': ({ expression }: { expression: string }) =>
      ['cache', 'caches', 'clearTimeout', 'process'].filter((name) =>
        name.startsWith(expression.replace('globalThis.', '')),
      ),
    'target.fields': ({ id }: { id: number }) =>
      id === 5
        ? { state: 'freed' }
        : id === 9
          ? { state: 'unreadable', what: 'scope' }
          : {
              state: 'read',
              isComplete: true,
              fields: [
                {
                  name: 'cache',
                  before: { text: 'Map 2000 entries', id: id * 2 + 1 },
                  now: { text: 'Map(2001)', id: id * 2 + 1 },
                  change: 'same',
                },
                {
                  name: 'table',
                  before: { text: 'Array 11 items', id: 44 },
                  now: { text: 'Array(12)', id: 999_999 },
                  change: 'changed',
                },
                {
                  name: 'note',
                  before: null,
                  now: { text: JSON.stringify('a long string '.repeat(40)), id: null },
                  change: null,
                },
                { name: 'owner', before: { text: 'User', id: 46 }, now: null, change: 'removed' },
              ],
            },
    'heap.show': ({ snapshot }: { snapshot: number }) => {
      if (heap) heap = { ...heap, shown: snapshot };
      window.fakeHost.tell({ event: 'heap.changed', data: heap });
      return null;
    },
    'heap.types': (asked: {
      filter: string;
      sort: string;
      direction: string;
      offset: number;
      limit: number;
      snapshot: number;
      only: string;
    }) => {
      const isKnown = heap?.snapshots[asked.snapshot]?.ready.includes('retainedSizes');
      const rows = types
        .filter(({ type }) => type.toLowerCase().includes(asked.filter.toLowerCase()))
        .map((row) => (isKnown ? row : { ...row, retainedSize: null, distance: null }));
      return ownedPage(rows, asked);
    },
    'heap.instances': (asked: {
      type: number;
      direction: string;
      filter: string;
      newSince: number | null;
      offset: number;
      limit: number;
    }) => {
      const all = asked.newSince === null ? types[asked.type].count : 1234;
      const total = asked.filter ? Math.ceil(all / 1000) : all;
      return reckoned(total, asked, (i) => {
        const at = asked.direction === 'descending' ? i : total - 1 - i;
        return { ...object(at * 2 + 1), type: types[asked.type].type };
      });
    },
    'heap.object': ({ id }: { id: number }) =>
      id === 404
        ? null
        : {
            ...object(id),
            typeIndex: 0,
            value: id % 97 === 0 ? null : 'the text of it',
            references: 7,
            retainers: 450,
            dominator: object(97),
            dominated: 12,
            isRoot: id === 97,
          },
    'heap.references': (asked: { id: number; offset: number; limit: number }) =>
      reckoned(7, asked, (i) => reference(asked.id, i, i % 3)),
    'heap.retainers': (asked: {
      id: number;
      leaveOut: { ids: number[]; edges: number[] };
      offset: number;
      limit: number;
    }) => {
      const { ids, edges } = asked.leaveOut;
      const rows = Array.from({ length: 450 }, (_, i) => reference(asked.id, i, i % 2)).filter(
        ({ object, edgeIndex }) => !ids.includes(object.id) && !edges.includes(edgeIndex),
      );
      return paged(rows, asked);
    },
    'heap.paths': (asked: { id: number; count: number; leaveOut: { ids: number[]; edges: number[] } }) =>
      Array.from({ length: 7 }, (_, of) => path(asked.id, of))
        .filter((steps) =>
          steps.every(
            ({ object, edgeIndex }) =>
              !asked.leaveOut.ids.includes(object.id) &&
              (edgeIndex === null || !asked.leaveOut.edges.includes(edgeIndex)),
          ),
        )
        .slice(0, asked.count),
    'heap.dominators': (asked: { id: number | null; offset: number; limit: number; only?: string }) =>
      reckoned(asked.only === 'yours' && !yours ? 0 : asked.id === null ? 1250 : 40, asked, (i) => {
        const row = object(((asked.id ?? 0) * 31 + i * 2 + 1) % 2_000_000);
        const retainedSize = 210_000_000 / ((i + 1) * (asked.id === null ? 1 : 9));
        return { ...row, retainedSize, share: retainedSize / 520_300_000, dominated: i % 4 === 3 ? 0 : 40 };
      }),
    'heap.treemap': ({ id }: { id: number | null }) =>
      treemap(id ?? 1, id === null ? 520_300_000 : 90_000_000, 3),
    'heap.growth': (asked: {
      before: number;
      after: number;
      sort: string;
      direction: string;
      filter: string;
      offset: number;
      limit: number;
      only: string;
    }) => {
      const rows = types
        .slice(0, 60)
        .filter(({ type }) => type.toLowerCase().includes(asked.filter.toLowerCase()))
        .map(({ type, location, owner, index, count }) => {
          const added = index % 9 === 8 ? 0 : Math.floor(48_000 / (index + 1));
          const removed = index % 3 === 0 ? 12 : Math.floor(60_000 / (index + 2) / (1 + (index % 2)));
          const steps = asked.after - asked.before;
          const counts = Array.from({ length: steps + 1 }, (_, i) =>
            Math.max(0, Math.round(count - ((added - removed) * (steps - i)) / Math.max(1, steps))),
          );
          const size = (added - removed) * 40;
          return {
            type,
            location,
            owner,
            index,
            count,
            counts,
            added,
            removed,
            addedSize: added * 40,
            removedSize: removed * 40,
            retainedGrowth: size * 3,
            size,
          };
        });
      // The last two are only sorted by.
      const page = ownedPage(rows, asked);
      const listed = page.rows.map((row) => {
        const rest = { ...(row as Row) };
        // The page never gets these: they are sorted by alone.
        delete rest.count;
        delete rest.size;
        return rest;
      });
      return { ...page, rows: listed, matchedBy: heap?.sameProcess ? 'id' : 'type' };
    },
    'heap.suspects': () => [
      {
        detector: 'growing collection',
        type: 'Request',
        place: 'src/cache.js:12',
        location: { script: '/app/src/cache.js', line: 12, column: 8 },
        generated: { script: '/app/dist/main.js', line: 1, column: 302, name: 'r' },
        count: 2000,
        retainedSize: 48_200_000,
        id: 97,
        path: path(97, 0),
        growth: [
          { count: 0, size: 0 },
          { count: 1000, size: 24_100_000 },
          { count: 2000, size: 48_200_000 },
        ],
        holders: 1,
        consequences: [
          {
            ...{ type: 'Header', place: 'src/cache.js:30', count: 4000 },
            location: { script: '/app/src/cache.js', line: 30, column: 1 },
          },
          { type: 'Array', place: null, location: null, count: 2000 },
        ],
        doubts: ['Only 2,000 have come: `cache` may be a cache that fills up once.'],
        summary: 'Map `cache` in svc.js holds 2,000 Request, 1,000 more in each snapshot',
        chain: ['svc.js', 'exports: Object', 'lookup: function', 'cache: Map'],
        confidence: 0.92,
        because: 'It grew in both steps by the same number, and nothing was ever taken out of it.',
      },
      {
        detector: 'listeners',
        type: 'function',
        place: 'src/bus.js',
        location: null,
        count: 1500,
        retainedSize: 3_100_000,
        id: 291,
        path: path(291, 0),
        growth: [],
        holders: 1,
        consequences: [],
        doubts: [],
        summary: 'EventEmitter `bus` in bus.js has 1,500 listeners for "data"',
        chain: ['bus.js', 'bus: EventEmitter', '_events: Object', 'data: Array'],
        confidence: 0.74,
        because: 'They are all of one function expression, added with each request.',
      },
      {
        detector: 'look-alikes',
        type: 'Object',
        place: null,
        location: null,
        count: 40_000,
        retainedSize: 9_800_000,
        id: 485,
        path: path(485, 0),
        growth: [],
        holders: 1,
        consequences: [],
        doubts: [],
        summary: 'Array `rows` in report.js holds 40,000 objects of one shape',
        chain: [],
        confidence: 0.35,
        because: 'They look alike; with one snapshot it is not known whether they become more.',
      },
    ],
    'heap.strings': (asked: { filter: string; offset: number; limit: number }) => {
      const rows = Array.from({ length: 900 }, (_, i) => {
        const count = Math.floor(9000 / (i + 1)) + 1;
        const text = i % 5 === 0 ? `https://shop.example/api/items/${i}?page=1` : `application/json; v=${i}`;
        return {
          text,
          isCut: i % 11 === 3,
          count,
          shallowSize: count * 56,
          wasted: (count - 1) * 56,
          id: i * 2 + 1,
        };
      }).filter(({ text }) => text.includes(asked.filter));
      const wasted = rows.reduce((all, row) => all + row.wasted, 0);
      return { ...paged(rows, asked), wasted };
    },
    'heap.export': ({ table, format }: { table: string; format: string }) => ({
      name: `${table}.${format}`,
      data: btoa('a,b\n1,2\n'),
    }),
    'heap.sources': (asked: {
      by: string;
      only: string;
      filter: string;
      sort: string;
      direction: string;
      offset: number;
      limit: number;
    }) => {
      const sources =
        asked.by === 'package'
          ? ['lru-cache', 'express', 'pino', '@prisma/client', null]
          : [
              '/srv/shop/src/cache.js',
              '/srv/shop/src/cart.js',
              '/srv/shop/node_modules/pino/lib/proto.js',
              null,
            ];
      const rows = sources
        .map((name, i) => ({
          name,
          owner: name === null ? 'builtIn' : name.includes('src') ? 'yours' : 'package',
          count: 4000 - i * 700,
          shallowSize: 9_000_000 / (i + 1),
          retainedSize: 120_000_000 / (i + 1),
        }))
        .filter(({ name }) => (name ?? '').includes(asked.filter));
      return ownedPage(rows, asked);
    },
    'allocations.get': () => allocations,
    'allocations.rows': (asked: {
      by: string;
      only: string;
      filter: string;
      sort: string;
      direction: string;
      offset: number;
      limit: number;
      subject: { before?: number | null };
    }) => {
      const sign = asked.subject.before == null ? 1 : -1;
      const rows = frames
        .slice(1)
        .map((frame, i) => ({
          name: asked.by === 'function' ? frame.function : (frame.location?.script ?? 'V8'),
          location: asked.by === 'function' ? frame.location : null,
          owner: frame.owner,
          package: frame.package,
          selfBytes: Math.round(8_000_000 / (i + 1)) * sign,
          totalBytes: Math.round(20_000_000 / (i + 1)) * sign,
          count: null,
        }))
        .filter(({ name }) => name.includes(asked.filter));
      return { ...ownedPage(rows, asked), bytes: 42_000_000 };
    },
    'allocations.flame': () => ({
      frames,
      isEstimate: true,
      nodes: [
        { parent: -1, frame: 0, self: 0, total: 42_000_000 },
        { parent: 0, frame: 1, self: 2_000_000, total: 30_000_000 },
        { parent: 1, frame: 2, self: 8_000_000, total: 21_000_000 },
        { parent: 2, frame: 3, self: 13_000_000, total: 13_000_000 },
        { parent: 1, frame: 4, self: 7_000_000, total: 7_000_000 },
        { parent: 0, frame: 5, self: 1_000_000, total: 12_000_000 },
        { parent: 5, frame: 2, self: 11_000_000, total: 11_000_000 },
      ],
    }),
    'allocations.timeline': ({ most }: { most: number }) =>
      Array.from({ length: Math.min(most, 100) }, (_, i) => ({
        start: i * 50,
        end: (i + 1) * 50,
        after: 1000 + i * 200,
        last: 1200 + i * 200,
        count: (i * 37) % 90,
        bytes: ((i * 37) % 90) * 800,
      })),
    'allocations.save': ({ format }: { format: string }) => ({ name: `a.${format}`, data: btoa('{}') }),
    'source.lines': ({ script, line }: { script: string; line: number }) =>
      script.includes('gone')
        ? null
        : {
            first: Math.max(1, line - 8),
            lines: Array.from(
              { length: 17 },
              (_, i) => `  const line${i} = new Session(${i}); // a line of the file`,
            ),
            file: script,
            isChanged: false,
          },
    'target.sites': ({ type, isTracked }: { type: string; isTracked: boolean }) =>
      type === 'Array' && !isTracked
        ? null
        : {
            notes: [],
            classes: [
              {
                type,
                location: location(12),
                owner: 'yours',
                made: isTracked ? null : 1650,
                alive: 150,
                isComplete: !isTracked,
                sites: [
                  { stack: [frames[2], frames[1]], made: isTracked ? null : 150, alive: 150 },
                  { stack: [frames[4], frames[1]], made: isTracked ? null : 1500, alive: 0 },
                ],
              },
            ],
          },
    'heap.report': () => ({ name: 'report.html', data: btoa('<p>report</p>') }),
  };
  const late =
    (handler: (params: never) => unknown) =>
    async (params: never): Promise<unknown> => {
      if (delay > 0) await new Promise((done) => setTimeout(done, delay));
      return handler(params);
    };
  for (const [method, handler] of Object.entries(handlers))
    window.fakeHost.handlers[method] = method.endsWith('.get') ? handler : late(handler);
}
