// What memlab finds in the same snapshots: its `find-leaks` with its own filter, and its two analyses of things that grow.
// It prints ids and sizes, no names of holders, so that it is judged generously: a finding of `find-leaks` is right when
// its output has the leaked class; whatever `analyze` lists for a leaking program is taken for the leak.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * @param installed a folder with memlab in its node_modules
 * @param truth of a leaking program; undefined for a healthy one
 * @returns per command, whether it finds the leak, or anything at all in a healthy program
 */
export async function memlabFinds(installed, files, truth) {
  const work = mkdtempSync(join(tmpdir(), 'objgraph-memlab-'));
  try {
    const shots = join(work, 'shots');
    const ask = async (...args) => {
      const cli = join(installed, 'node_modules/@memlab/cli/bin/memlab.js');
      // It prints its findings among its progress.
      const { stdout, stderr } = await run(
        process.execPath,
        [cli, ...args, '--work-dir', join(work, 'work')],
        {
          maxBuffer: 2 ** 28,
        },
      );
      return stdout + stderr;
    };
    mkdirSync(shots);
    files.forEach((file, i) => symlinkSync(file, join(shots, `s${i + 1}.heapsnapshot`)));
    const [baseline, target, final] = files;
    const leaks = await ask('find-leaks', ...['--baseline', baseline, '--target', target, '--final', final]);
    const found = Number(/found (\d+) leak/.exec(leaks)?.[1] ?? 0);
    const traces = leaks.slice(leaks.indexOf('Clustering leak traces'));
    const analysed = [];
    for (const plugin of ['unbound-collection', 'unbound-object'])
      analysed.push(await ask('analyze', plugin, '--snapshot-dir', shots));
    return {
      'find-leaks': found > 0 && (!truth || hasClass(traces, truth.type)),
      'analyze unbound-collection': /^· /m.test(analysed[0]),
      'analyze unbound-object': /^· /m.test(analysed[1]),
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Whether a text has a word that is a class's name. */
const hasClass = (text, type) => (text.match(/[\w.]+/g) ?? []).some((word) => type.test(word));
