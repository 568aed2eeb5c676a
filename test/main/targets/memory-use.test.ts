// The memory of real processes, as they report it.
import { afterEach, expect, it } from 'vitest';
import { attach } from '../../../main/targets/attached-target.ts';
import type { Attached } from '../../../main/targets/attached.ts';
import { endPrograms, start } from './programs.ts';

let target: Attached;
afterEach(async () => {
  await target.detach();
  endPrograms();
});
const attachTo = async (address: string | number) =>
  (target = await attach(String(address), new AbortController().signal));

it('is the same that a Node process says of itself, Buffers apart', async () => {
  const { pid } = await start('globalThis.kept = Buffer.alloc(64e6, 1); setInterval(() => {}, 1000)');
  await attachTo(pid);
  const { time, heapUsed, heapTotal, external, rss } = (await target.memory())!;
  expect(Math.abs(time - Date.now())).toBeLessThan(10_000);
  expect(heapUsed).toBeGreaterThan(1e6);
  expect(heapTotal).toBeGreaterThanOrEqual(heapUsed!);
  expect(heapTotal).toBeLessThan(60e6);
  expect(external).toBeGreaterThanOrEqual(64e6);
  expect(rss).toBeGreaterThan(64e6);
  const { description } = await target.evaluate('process.memoryUsage().rss');
  expect(rss! / Number(description)).toBeCloseTo(1, 0);
});

it('says since when the process runs', async () => {
  const before = Date.now();
  const { pid } = await start('setInterval(() => {}, 1000)');
  await attachTo(pid);
  expect(target.startedAt).toBeGreaterThanOrEqual(before - 1000);
  expect(target.startedAt).toBeLessThanOrEqual(Date.now());
});

it('is that of the heap alone where the program gives out nothing usable', async () => {
  const { pid } = await start(
    'process.memoryUsage = () => ({ rss: "all of it", external: -1 }); setInterval(() => {}, 1000)',
  );
  await attachTo(pid);
  expect(await target.memory()).toMatchObject({
    external: null,
    rss: null,
    heapUsed: expect.any(Number) as number,
  });
});
