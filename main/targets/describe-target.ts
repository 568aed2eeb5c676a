// How a target describes itself: one question that every runtime answers.
import { dirname, isAbsolute, join, sep } from 'node:path';
import type { Connection } from './connection.ts';
import { evaluateValue } from './conversation.ts';
import { asFields, asText, optional, shortened } from './reply.ts';
import { runtimes } from './runtimes/index.ts';

export interface TargetDescription {
  /** What runs: `server.js`, `worker #1 of server.js`, a page's title. */
  title: string;
  pid: number | null;
  /** The name of a runtime, or `other`. */
  runtime: string;
  version: string | null;
  /** Where it runs, or where its script is when that is elsewhere; null when it has none. */
  folder: string | null;
  /** Milliseconds since the epoch; null where it does not report it. */
  startedAt: number | null;
}

/** Paths of Linux have at most as many bytes. */
const longestText = 4096;

interface Answer {
  runtime?: string;
  version?: string;
  pid?: number;
  script?: string;
  folder?: string;
  /** Seconds. */
  uptime?: number;
}

const question = `(() => {
  // Deno loads its \`process\` when it is first read, which ends a program that is starting.
  const uptime =
    typeof Deno !== 'object' && typeof process === 'object' && process?.versions?.node ? process.uptime()
    : typeof performance === 'object' ? performance.now() / 1000
    : undefined;
  const text = (value) => (typeof value === 'string' ? value : undefined);
  // It may have been removed.
  const folderOf = (process) => {
    try {
      return text(process.cwd());
    } catch {}
  };
  const describe = () => {
    ${runtimes.map(({ description = '' }) => description).join('')}
    return typeof location === 'object' ? { script: globalThis.document?.title || text(location.href) } : {};
  };
  return { ...describe(), uptime };
})()`;

/** @throws TargetError when the target ends */
export async function describeTarget({ channel, name, place }: Connection): Promise<TargetDescription> {
  const {
    runtime = 'other',
    version = null,
    pid = null,
    script,
    folder,
    uptime,
  } = readAnswer(await evaluateValue(channel, question));
  const isPage = pid === null;
  const what = script === undefined || script === '' ? name : isPage ? script : lastPart(script);
  const title = place.thread === 0 ? what : `worker #${place.thread} of ${what}`;
  const startedAt = uptime === undefined ? null : Date.now() - uptime * 1000;
  return { title, pid, runtime, version, folder: folderOf(script, folder), startedAt };
}

/** @throws MalformedReplyError */
function readAnswer(value: unknown): Answer {
  const { runtime, version, pid, script, folder, uptime } = asFields(value);
  const text = (field: unknown) => optional(field, (some) => shortened(asText(some), longestText));
  return {
    runtime: runtimes.find(({ name }) => name === runtime)?.name,
    version: text(version),
    pid: typeof pid === 'number' && Number.isInteger(pid) ? pid : undefined,
    script: text(script),
    folder: text(folder),
    uptime: typeof uptime === 'number' && uptime >= 0 ? uptime : undefined,
  };
}

function folderOf(script?: string, folder?: string): string | null {
  if (folder === undefined || script === undefined || !isAbsolute(script)) return folder ?? null;
  return script.startsWith(join(folder, sep)) ? folder : dirname(script);
}

const lastPart = (path: string) => path.split(/[\\/]/).at(-1)!;
