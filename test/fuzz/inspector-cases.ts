// Spoiled answers of an inspector: to each question an answer that is broken somewhere. What comes of it is a value or an error in
// words, never an error of JavaScript's.
import { AttachedTarget } from '../../main/targets/attached-target.ts';
import { Connection } from '../../main/targets/connection.ts';
import { describeTarget } from '../../main/targets/describe-target.ts';
import { InspectorClient } from '../../main/targets/inspector-client.ts';
import { listSessions } from '../../main/targets/inspector-sessions.ts';
import { versionBehind } from '../../main/targets/processes/runtime-version.ts';
import { TargetError } from '../../main/targets/target.ts';
import { listWorkers } from '../../main/targets/worker-thread.ts';
import { startEvil } from '../main/targets/evil-inspector.ts';
import { runCases } from './cases.ts';
import { mutate, spoil, type Random } from './mutations.ts';

const remote = {
  type: 'object',
  subtype: 'map',
  className: 'Map',
  description: 'Map(1)',
  objectId: '1.2.3',
  preview: {
    type: 'object',
    overflow: false,
    properties: [{ name: 'size', type: 'number', value: '1' }],
    entries: [{ key: { type: 'string', description: 'a' }, value: { type: 'number', description: '1' } }],
  },
};
const property = { name: 'a', value: remote, configurable: true, enumerable: true };
/** What an inspector answers, by method; others with nothing. */
const answers: Record<string, object> = {
  'Runtime.evaluate': {
    result: {
      ...remote,
      value: { runtime: 'node', version: '24.1.0', pid: 7, script: '/a/b.js', folder: '/a' },
    },
  },
  'Runtime.getHeapUsage': { usedSize: 1000, totalSize: 2000 },
  'Runtime.callFunctionOn': { result: remote },
  'Runtime.getProperties': {
    result: [property],
    internalProperties: [{ name: '[[Entries]]', value: { ...remote, subtype: 'array' } }],
    privateProperties: [property],
  },
  'Runtime.globalLexicalScopeNames': { names: ['a', 'b'] },
  'HeapProfiler.getHeapObjectId': { heapSnapshotObjectId: '7' },
  'HeapProfiler.getObjectByHeapObjectId': { result: remote },
};
const events = [
  {
    method: 'NodeWorker.attachedToWorker',
    params: { sessionId: '1', workerInfo: { workerId: '1', type: 'worker', title: 'w', url: 'file:///w' } },
  },
  { method: 'NodeWorker.receivedMessageFromWorker', params: { sessionId: '1', message: '{}' } },
  { method: 'HeapProfiler.addHeapSnapshotChunk', params: { chunk: '{"snapshot":{}}' } },
  { method: 'HeapProfiler.reportHeapSnapshotProgress', params: { done: 1, total: 2, finished: false } },
];
const list = [{ type: 'node', title: 'a', url: 'file:///a', webSocketDebuggerUrl: 'ws://h:1/x' }];

let random: Random = () => 0;
/** Seldom: most conversations have thirty answers, and some should come to their end. */
const spoiled = (value: unknown) => JSON.stringify(random(24) === 0 ? spoil(value, random) : value) ?? 'null';
const text = (value: unknown) =>
  random(24) === 0 ? Buffer.from(mutate(Buffer.from(spoiled(value)), random)).toString() : spoiled(value);

const place = await startEvil({
  list: (response) => response.end(text(list)),
  version: (response) => response.end(text({ Browser: 'node.js/v24.1.0' })),
  message: (socket, { id, method }) => {
    if (random(3) === 0) socket.send(text(events[random(events.length)]));
    // An answer without its id is never heard; the deadline is tested elsewhere.
    const answer = { ...(JSON.parse(spoiled({ result: answers[method] ?? {} })) as object), id };
    socket.send(JSON.stringify(answer));
  },
});
const never = new AbortController().signal;

async function all(): Promise<boolean> {
  await versionBehind(place, never);
  await listSessions(place, never);
  const url = `ws://${place}/x`;
  const client = await InspectorClient.connect(url, 'it', never);
  const connection = await Connection.over(client, {
    name: 'it',
    url,
    thread: 0,
    openedByUs: false,
    ourPid: null,
  });
  try {
    const target = new AttachedTarget(place, connection, await describeTarget(connection));
    await target.estimate();
    await target.evaluate('1');
    await target.completions('a.b');
    await target.fieldsNow(7);
    await listWorkers(client);
    await target.takeSnapshot(
      () => {},
      () => {},
      never,
    );
    return true;
  } finally {
    client.end(new Error('over'));
  }
}

await runCases(async (numbers) => {
  random = numbers;
  try {
    return await all();
  } catch (error) {
    if (error instanceof TargetError) return false;
    throw error;
  }
});
