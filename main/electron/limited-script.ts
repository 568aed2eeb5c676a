// The processes that read images and draw pictures: utility processes, because the fuses of the installed app allow no other way
// to run our code.
import { utilityProcess, type UtilityProcess } from 'electron';
import { scriptFile, type ScriptRunner } from '../export/limited-script.ts';
import { inTurn, type Outcome } from '../export/limited-process.ts';

/** A message of limited-task.ts. */
interface Reply {
  output?: Uint8Array;
  complaint?: string;
}

/** Runs a script in a utility process, which watches over its own memory. */
export const runInUtilityProcess: ScriptRunner = (script, input, limits, signal) =>
  inTurn(() => run(script, input, limits, signal));

const run: ScriptRunner = async (script, input, limits, signal) => {
  signal?.throwIfAborted();
  const child = utilityProcess.fork(scriptFile(script), [], {
    serviceName: `objgraph ${script}`,
    stdio: 'ignore',
  });
  let exceeded: Outcome['exceeded'] = null;
  const ended = new Promise<Outcome>((resolve) => {
    const nothing = { output: Buffer.alloc(0), complaint: '' };
    child.once('message', ({ output, complaint = '' }: Reply) => {
      if (output) resolve({ ...nothing, output: Buffer.from(output), status: 0, exceeded });
      else resolve({ ...nothing, complaint, status: 1, exceeded });
    });
    // Without a message: it was ended by us, or by itself for its memory.
    child.once('exit', () => resolve({ ...nothing, status: 'SIGKILL', exceeded }));
  });
  let timer: NodeJS.Timeout | undefined;
  const endUnwanted = () => end(child);
  signal?.addEventListener('abort', endUnwanted);
  try {
    const parts = await input;
    timer = setTimeout(() => {
      exceeded = 'time';
      end(child);
    }, limits.time);
    child.postMessage(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
    const outcome = await ended;
    signal?.throwIfAborted();
    return outcome;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', endUnwanted);
    end(child);
  }
};

/** At once, whatever native code it runs; one that is only starting has no number yet. */
function end(child: UtilityProcess): void {
  if (child.pid === undefined) return void child.kill();
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
