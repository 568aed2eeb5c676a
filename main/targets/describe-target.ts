// What a target says of itself: asked of the thread, in words that Node, Deno and pages all understand.
import { dirname, isAbsolute, join, sep } from 'node:path';
import type { TargetRow } from '../../shared/protocol/targets.ts';
import type { Connection } from './connection.ts';
import { evaluateValue } from './inspector-client.ts';

export interface TargetDescription {
  /** What runs: `server.js`, `worker #1 of server.js`, a page's title. */
  title: string;
  pid: number | null;
  runtime: TargetRow['runtime'];
  version: string | null;
  /** Where it runs, or where its script is when that is elsewhere; null when it has none. */
  folder: string | null;
}

interface Answer {
  runtime?: TargetRow['runtime'];
  version?: string;
  pid?: number;
  script?: string;
  folder?: string;
}

const question = `(() => {
  const text = (value) => (typeof value === 'string' ? value : undefined);
  // It may have been removed.
  const folderOf = (process) => {
    try {
      return text(process.cwd());
    } catch {}
  };
  if (typeof Deno === 'object')
    return { runtime: 'deno', version: Deno.version.deno, pid: Deno.pid, script: text(Deno.mainModule) };
  if (typeof process === 'object' && process?.versions?.node) {
    const { versions, pid, argv } = process;
    const runtime = versions.electron ? 'electron' : 'node';
    const version = versions.electron ?? versions.node;
    return { runtime, version, pid, script: text(argv[1]), folder: folderOf(process) };
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
    folder,
  } = (await evaluateValue(channel, question)) as Answer;
  const isPage = pid === null;
  const what = script === undefined || script === '' ? name : isPage ? script : lastPart(script);
  const title = place.thread === 0 ? what : `worker #${place.thread} of ${what}`;
  return { title, pid, runtime, version, folder: folderOf(script, folder) };
}

function folderOf(script?: string, folder?: string): string | null {
  if (folder === undefined || script === undefined || !isAbsolute(script)) return folder ?? null;
  return script.startsWith(join(folder, sep)) ? folder : dirname(script);
}

const lastPart = (path: string) => path.split(/[\\/]/).at(-1)!;
