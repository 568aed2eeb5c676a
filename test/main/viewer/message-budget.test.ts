import { beforeEach, expect, it } from 'vitest';
import { MessageBudget } from '../../../main/viewer/message-budget.ts';

const megabyte = 2 ** 20;
let now: number;
let budget: MessageBudget;
beforeEach(() => {
  now = 0;
  budget = new MessageBudget(() => now);
});

/** As a page does that waits for each answer. */
function ask(bytes: number): void {
  budget.take(bytes);
  budget.done(bytes);
}

it('lets a person scroll for an hour', () => {
  for (let frame = 0; frame < 3600 * 60; frame++) {
    now += 1000 / 60;
    for (let requests = 0; requests < 4; requests++) ask(200);
  }
});

it('lets a snapshot of 16 GB come in, as fast as one gigabyte a second', () => {
  for (let piece = 0; piece < 8192; piece++) {
    now += 2;
    ask(2.7 * megabyte);
  }
});

it('lets the largest text come, and none that is larger', () => {
  ask(65 * megabyte);
  expect(() => ask(66 * megabyte)).toThrow('A message of more than 68157440 bytes');
});

it('hands on what is JSON, and counts it until it is answered', async () => {
  const heard: unknown[] = [];
  const hear = (message: unknown) => Promise.resolve(void heard.push(message));
  // More than may wait at once, in a rhythm that is allowed.
  for (let message = 0; message < 1500; message++) await budget.pass(`{"id":${message}}`, hear);
  expect(heard).toHaveLength(1500);
  expect(heard[7]).toEqual({ id: 7 });
  await expect(budget.pass('{', hear)).rejects.toThrow('A message is JSON');
});

it('ends a flood, and what waits in too large pieces', () => {
  expect(() => {
    for (let message = 0; message < 2001; message++) ask(10);
  }).toThrow('More than 500 messages a second');
  now += 1000;
  expect(() => {
    for (let message = 0; message < 40; message++) budget.take(4 * megabyte);
  }).toThrow('More than 130 MB of requests at once');
});
