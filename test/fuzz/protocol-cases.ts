// Messages that no page of ours sends, to a window's session: each is answered once, in words, or is no message at all.
import { pathToFileURL } from 'node:url';
import { documentRequests } from '../../main/viewer/requests/document.ts';
import { heapRequests } from '../../main/viewer/requests/heap.ts';
import { pictureRequests } from '../../main/viewer/requests/picture.ts';
import { targetRequests } from '../../main/viewer/requests/target.ts';
import { windowRequests } from '../../main/viewer/requests/window.ts';
import { ProtocolError } from '../../main/viewer/protocol-error.ts';
import { Session } from '../../main/viewer/session.ts';
import type { SessionHost } from '../../main/viewer/session-host.ts';
import { newDocuments } from '../../main/viewer/window-documents.ts';
import type { MainMessage } from '../../shared/protocol.ts';
import { files, runCases } from './cases.ts';
import type { Random } from './mutations.ts';

/** Milliseconds without an answer. */
const patience = 10_000;
const [snapshot, graph] = files;
let sent: MainMessage[] = [];
const host: SessionHost = {
  send: (message) => void sent.push(message),
  editor: null,
  openLink: () => Promise.resolve(),
  chooseFile: () => Promise.resolve(null),
  openWindow: () => {},
  closeWindow: () => {},
};
const documents = newDocuments();
const session = new Session(documents, host);
await documents.document.openFile(graph);
await documents.heap.open(snapshot);

/** Other processes of the machine are left alone. */
const others = ['target.list', 'target.attach'];
const methods = [
  ...Object.keys(documentRequests(documents, host, () => null)),
  ...Object.keys(heapRequests(documents, host)),
  ...Object.keys(pictureRequests(documents.document)),
  ...Object.keys(targetRequests(documents)),
  ...Object.keys(windowRequests(host)),
].filter((method) => !others.includes(method));

const names =
  'path name text format scale part engine graph way url index operation node nodes clusters steps snapshot id offset limit sort direction filter type newSince before after snapshots table about redacted title picture growth least depth count leaveOut upload data size failure expression kind ids edges box maxDepth tooMany most pattern __proto__ constructor'.split(
    ' ',
  );
const values: unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    1,
    2,
    3,
    20,
    0.5,
    -1,
    2 ** 31,
    2 ** 53,
    1e308,
    '',
    'a',
    'b',
    '0',
    '"',
    '\0',
    '\ud800',
  ],
  ...[
    'svg',
    'dot',
    'csv',
    'json',
    'types',
    'instances',
    'ascending',
    'count',
    'name',
    'retainedSize',
    'id',
    'type',
  ],
  ...[
    'references',
    'referrers',
    'path',
    'merged',
    'more',
    'deeper',
    'hide',
    'near',
    'reveal',
    'neato',
    'settings',
  ],
  ...[
    'digraph { x -> y }',
    'javascript:alert(1)',
    'https://example.org/',
    '/dev/null',
    '/',
    'AAAA',
    'x'.repeat(5000),
  ],
  ...[
    pathToFileURL(graph).href,
    graph,
    [],
    {},
    [0],
    [1, 2, 3],
    [0, 1],
    [0, 0, 100, 100],
    ['a'],
    [[]],
    { ids: [], edges: [] },
  ],
];

function params(random: Random, depth = 0): unknown {
  if (random(10) === 0) return values[random(values.length)];
  const given: [string, unknown][] = [];
  for (let count = 1 + random(depth === 0 ? names.length : 8); count > 0; count--) {
    const name = names[random(names.length)];
    const isNested = depth < 2 && /operation|about|picture|growth|leaveOut/.test(name);
    given.push([name, isNested ? params(random, depth + 1) : values[random(values.length)]]);
  }
  return Object.fromEntries(given);
}

function message(random: Random, id: number): unknown {
  switch (random(12)) {
    case 0:
      return values[random(values.length)];
    case 1:
      return { id: values[random(values.length)], method: methods[random(methods.length)], params: null };
    case 2:
      return { id, method: values[random(values.length)], params: null };
    default:
      return { id, method: methods[random(methods.length)], params: params(random) };
  }
}

/** V8's words for a value that was used unchecked. */
const unlooked =
  /Cannot (read|set|convert|mix|destructure)|is not (a function|iterable|defined|an object)|undefined|call stack/;

let id = 0;
await runCases(async (random) => {
  const request = message(random, ++id);
  sent = [];
  let overdue: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      overdue = setTimeout(() => reject(new Error('There was no answer')), patience);
    });
    await Promise.race([session.receive(request), late]);
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw new Error(`${String(error)} to ${JSON.stringify(request)?.slice(0, 2000)}`, { cause: error });
  } finally {
    clearTimeout(overdue);
  }
  const answers = sent.filter((answer) => 'id' in answer);
  if (answers.length !== 1)
    throw new Error(`${answers.length} answers to ${JSON.stringify(request)?.slice(0, 2000)}`);
  const [answer] = answers;
  if ('ok' in answer && !answer.ok && unlooked.test(answer.error.message))
    throw new Error(`${answer.error.message} to ${JSON.stringify(request)?.slice(0, 2000)}`);
  return 'ok' in answer && answer.ok;
});
