// What a target says of itself: asked of the thread, in words that Node, Deno and pages all understand.
import type { TargetRow } from '../../shared/protocol/targets.ts';
import type { Connection } from './connection.ts';
import { evaluateValue } from './inspector-client.ts';

export interface TargetDescription {
  /** What runs: `server.js`, `worker #1 of server.js`, a page's title. */
  title: string;
  pid: number | null;
  runtime: TargetRow['runtime'];
  version: string | null;
}

interface Answer {
  runtime?: TargetRow['runtime'];
  version?: string;
  pid?: number;
  script?: string;
}

const question = `(() => {
  const text = (value) => (typeof value === 'string' ? value : undefined);
  if (typeof Deno === 'object')
    return { runtime: 'deno', version: Deno.version.deno, pid: Deno.pid, script: text(Deno.mainModule) };
  if (typeof process === 'object' && process?.versions?.node) {
    const { versions, pid, argv } = process;
    const runtime = versions.electron ? 'electron' : 'node';
    return { runtime, version: versions.electron ?? versions.node, pid, script: text(argv[1]) };
  }
  if (typeof navigator !== 'object') return {};
  const [, product, version] = /(Electron|Chrome)\\/([\\d.]+)/.exec(navigator.userAgent) ?? [];
  const script = globalThis.document ? document.title || location.href : location.href;
  return { runtime: product === 'Electron' ? 'electron' : product && 'chromium', version, script };
})()`;

/** @throws TargetError when the target ends */
export async function describeTarget({ channel, name, place }: Connection): Promise<TargetDescription> {
  const {
    runtime = 'other',
    version = null,
    pid = null,
    script,
  } = (await evaluateValue(channel, question)) as Answer;
  const isPage = pid === null;
  const what = script === undefined || script === '' ? name : isPage ? script : lastPart(script);
  const title = place.thread === 0 ? what : `worker #${place.thread} of ${what}`;
  return { title, pid, runtime, version };
}

const lastPart = (path: string) => path.split(/[\\/]/).at(-1)!;
