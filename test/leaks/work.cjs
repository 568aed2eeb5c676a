/* eslint-disable @typescript-eslint/no-require-imports */
// Keeps one program of the catalogue at work until it is ended: `node work.cjs PROGRAM`.
const { resolve } = require('node:path');

const { start, step } = require(resolve(process.argv[2]));
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function main() {
  await start?.();
  console.log('up');
  for (let next = 0; ; await wait(50)) for (const end = next + 10; next < end; next++) await step(next);
}
main();
