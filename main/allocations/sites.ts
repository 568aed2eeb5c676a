// Where the objects of a class are made, on a running program and without restart: a breakpoint on its constructor whose condition
// records the stack and never pauses. Hits are capped and spread over the time; all is removed afterwards.
import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { BrokenError, type Channel } from '../targets/conversation.ts';
import { asText } from '../targets/reply.ts';
import { TargetError, type Progress } from '../targets/target.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { chainOf, type ClassChain } from './class-chain.ts';
import { findClasses, type LiveClass } from './find-class.ts';
import { FramePlaces, type PlacedFrame } from './placed-frames.ts';
import { OtherContextError, Recorder, type RecordedStack } from './recorder.ts';
import { wantedName, type WantedClass } from './wanted-class.ts';

/** A stack on which objects were made; the call that made them comes first. */
export interface Site {
  stack: PlacedFrame[];
  /** Null where only what is alive is known. */
  made: number | null;
  /** How many of them are alive after a garbage collection; null where the class gives no hold of them. */
  alive: number | null;
}

export interface ClassSites extends Pick<LiveClass, 'type' | 'location' | 'generated' | 'owner'> {
  sites: Site[];
  made: number | null;
  alive: number | null;
  /** False where more were made than could be recorded: the sites are a sample then. */
  isComplete: boolean;
}

export interface SitesOptions {
  type: WantedClass;
  /** The functions that may be the class, by their heap object ids; null where they are not known. Asked before anything is set. */
  ids: () => Promise<readonly number[] | null>;
  /** Milliseconds. */
  duration: number;
  /** Objects of a class that are recorded at most. */
  most: number;
  warn: (sentence: string) => void;
}

/** Hits in a row: each costs the program some tenths of a millisecond. */
const smallestBurst = 25;
const stackDepth = 8;
const betweenLooks = 50;
const garbageTime = 120_000;

/** No class of that name has a constructor in JavaScript in which its objects can be recorded; the message says so. */
export class NoConstructorError extends TargetError {}

/**
 * Records who makes the objects of a class.
 * @throws NoConstructorError; TargetError; the signal's reason: what was set in the target is removed in each case
 */
export async function recordSites(
  channel: Channel,
  name: string,
  { type: wanted, ids: idsOfClass, duration, most, warn }: SitesOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<ClassSites[]> {
  const type = wantedName(wanted);
  const objectGroup = `objgraph sites ${randomUUID()}`;
  progress(`${name}: looking for ${type}`, 0, null);
  const ids = await idsOfClass();
  const debugging = await startDebugging(channel);
  const parts = partsOf(duration, most);
  const watched: { liveClass: LiveClass; chain: ClassChain; recorder: Recorder }[] = [];
  try {
    progress(`${name}: looking for ${type}`, 0, null);
    const classes = await findClasses(channel, wanted, ids, debugging, objectGroup, warn, signal);
    if (classes.length === 0) throw new NoConstructorError(`${type} has no constructor in JavaScript`);
    signal.throwIfAborted();
    let elsewhere: OtherContextError | null = null;
    for (const liveClass of classes) {
      const { objectId } = liveClass;
      const chain = await chainOf(channel, objectId, objectGroup);
      const limits = { burst: parts.burst, most, stackDepth };
      try {
        const recorder = await Recorder.install(channel, objectId, chain.names, limits);
        watched.push({ liveClass, chain, recorder });
      } catch (error) {
        if (!(error instanceof OtherContextError)) throw error;
        elsewhere = error;
      }
    }
    if (elsewhere !== null) {
      if (watched.length === 0) throw new NoConstructorError(`${type}: ${elsewhere.message}`);
      warn(`one ${type} is left out: ${elsewhere.message}`);
    }
    const runs = watched.map(({ chain, recorder }) =>
      recordBursts(chain, recorder, { ...parts, duration, most, signal, debugging }),
    );
    const isComplete = await Promise.all([showTime(name, type, duration, progress, runs), ...runs]);
    await channel.post('HeapProfiler.collectGarbage', {}, garbageTime);
    const places = FramePlaces.of(debugging.urls, debugging.records, warn);
    const results: ClassSites[] = [];
    for (const [i, { liveClass, recorder }] of watched.entries())
      results.push(
        classSites(liveClass, await recorder.result(), isComplete[i + 1] === true, places, debugging),
      );
    return results;
  } finally {
    for (const { recorder } of watched) await recorder.remove();
    await debugging.stop();
    await channel.post('Runtime.releaseObjectGroup', { objectGroup }).catch(() => {});
  }
}

/**
 * Keeps the breakpoint set until it has been hit often enough, once in each part of the time: as long as hits are few, all are seen.
 * @returns whether every object was recorded
 */
async function recordBursts(
  { baseId, hasNativeBase }: ClassChain,
  recorder: Recorder,
  {
    duration,
    parts,
    burst,
    most,
    signal,
    debugging,
  }: Parts & { duration: number; most: number; signal: AbortSignal; debugging: Debugging },
): Promise<boolean> {
  const start = Date.now();
  const pause = (milliseconds: number) =>
    sleep(Math.max(1, milliseconds), null, { signal }).catch(() => signal.throwIfAborted());
  let breakpoint: string | null = null;
  let isComplete = true;
  try {
    for (let part = 1; part <= parts; part++) {
      const end = start + (part * duration) / parts;
      await recorder.state(true);
      breakpoint ??= await debugging.setBreakpoint(baseId, recorder.condition(!hasNativeBase));
      let { hits, recorded } = await recorder.state();
      while (Date.now() < end && hits < burst) {
        await pause(Math.min(betweenLooks, end - Date.now()));
        ({ hits, recorded } = await recorder.state());
      }
      if (hits < burst) continue;
      isComplete = false;
      await debugging.removeBreakpoint(breakpoint);
      breakpoint = null;
      if (recorded >= most) break;
      while (Date.now() < end) {
        await pause(Math.min(1000, end - Date.now()));
        // It must not take us for dead.
        await recorder.state();
      }
    }
  } finally {
    if (breakpoint !== null) await debugging.removeBreakpoint(breakpoint);
  }
  return isComplete;
}

interface Parts {
  parts: number;
  /** Hits in a part. */
  burst: number;
}

/** Of at least half a second, and as many as there are bursts. */
function partsOf(duration: number, most: number): Parts {
  const parts = Math.max(1, Math.min(Math.ceil(most / smallestBurst), Math.floor(duration / 500)));
  return { parts, burst: Math.max(Math.ceil(most / parts), Math.min(smallestBurst, most)) };
}

/** Shows how far the recording is until all have ended. */
async function showTime(
  name: string,
  type: string,
  duration: number,
  progress: Progress,
  runs: readonly Promise<boolean>[],
): Promise<null> {
  const start = Date.now();
  const show = () =>
    progress(`${name}: recording who makes ${type}`, Math.min(duration, Date.now() - start), duration);
  const timer = setInterval(show, 200);
  show();
  await Promise.allSettled(runs);
  clearInterval(timer);
  return null;
}

function classSites(
  { type, location, generated, owner }: LiveClass,
  stacks: readonly RecordedStack[],
  isComplete: boolean,
  places: FramePlaces,
  { idOf }: Debugging,
): ClassSites {
  const sites = stacks
    .map(({ calls, made, alive }): Site & { made: number } => {
      const stack = calls.map(([functionName, script, line, column, functionLine, functionColumn]) =>
        places.ofCall({
          functionName,
          script,
          scriptId: idOf(script),
          line: line - 1,
          column: column - 1,
          functionStart:
            functionLine === null || functionColumn === null
              ? null
              : { line: functionLine - 1, column: functionColumn - 1 },
        }),
      );
      return { stack, made, alive };
    })
    .sort((a, b) => (b.alive ?? 0) - (a.alive ?? 0) || b.made - a.made);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    type,
    location,
    ...(generated && { generated }),
    owner,
    sites,
    made: sum(sites.map(({ made }) => made)),
    alive: sites.some(({ alive }) => alive === null) ? null : sum(sites.map(({ alive }) => alive!)),
    isComplete,
  };
}

interface Debugging {
  urls: ReadonlyMap<number, string>;
  records: readonly ScriptRecord[];
  /** The newest script of a URL. */
  idOf(script: string): number;
  setBreakpoint(objectId: string, condition: string): Promise<string>;
  removeBreakpoint(id: string): Promise<void>;
  /** Never throws. */
  stop(): Promise<void>;
}

/** On a stack a CommonJS module has its path, and in the inspector its URL. */
const urlOf = (script: string) => (isAbsolute(script) ? pathToFileURL(script).href : script);

/** A debugger that never pauses: statements of `debugger` in the program are no business of ours. */
async function startDebugging(channel: Channel): Promise<Debugging> {
  const urls = new Map<number, string>();
  const ids = new Map<string, number>();
  const records: ScriptRecord[] = [];
  channel.on('Debugger.scriptParsed', ({ scriptId, url, sourceMapURL }) => {
    if (typeof url !== 'string' || url === '') return;
    const id = Number(scriptId);
    urls.set(id, url);
    ids.set(url, id);
    if (typeof sourceMapURL === 'string' && sourceMapURL !== '')
      records.push({ id, url, sourceMapUrl: sourceMapURL });
  });
  channel.on('Debugger.paused', () => void channel.post('Debugger.resume').catch(() => {}));
  await channel.post('Debugger.enable');
  try {
    await channel.post('Debugger.setSkipAllPauses', { skip: true });
  } catch (error) {
    await channel.post('Debugger.disable').catch(() => {});
    throw error;
  }
  return {
    urls,
    records,
    idOf: (script) => ids.get(script) ?? ids.get(urlOf(script)) ?? -1,
    async setBreakpoint(objectId, condition) {
      try {
        const { breakpointId } = await channel.post('Debugger.setBreakpointOnFunctionCall', {
          objectId,
          condition,
        });
        return asText(breakpointId);
      } catch (error) {
        if (error instanceof BrokenError) throw error;
        // V8 takes one breakpoint a function.
        if (/already exists/.test((error as Error).message))
          throw new TargetError(
            'several classes of that name extend the same class: name one with its place',
          );
        throw error;
      }
    },
    async removeBreakpoint(breakpointId) {
      await channel.post('Debugger.removeBreakpoint', { breakpointId }).catch(() => {});
    },
    async stop() {
      await channel.post('Debugger.disable').catch(() => {});
    },
  };
}
