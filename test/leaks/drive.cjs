/* eslint-disable @typescript-eslint/no-require-imports */
// Runs one program of the catalogue: `node drive.cjs FOLDER PROGRAM [STEPS]` writes 1.heapsnapshot, 2.heapsnapshot and
// 3.heapsnapshot into the folder, after a warm-up, with STEPS steps of work between them.
const v8 = require('node:v8');
const { join, resolve } = require('node:path');

const [folder, program, steps = '400'] = process.argv.slice(2);
const { start, step } = require(resolve(program));
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const warmUp = 30;

async function main() {
  let next = 0;
  const work = async (count) => {
    for (let i = 0; i < count; i++) {
      await step(next++);
      if (i % 50 === 0) await wait(1);
    }
  };
  await start?.();
  await work(warmUp);
  for (let moment = 0; moment < 3; moment++) {
    if (moment > 0) await work(Number(steps));
    await wait(50);
    v8.writeHeapSnapshot(join(folder, `${moment + 1}.heapsnapshot`));
  }
  process.exit(0);
}
// A program that has nothing left to wait for ends before its time.
process.exitCode = 1;
main();
