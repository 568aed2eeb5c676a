// One way back through tables and picture, in the order of the user's steps.
import { expect, it } from 'vitest';
import { Trail, type Returning } from '../../../renderer/state/trail.svelte.ts';

/** A part of the window that counts where it is. */
class Counter implements Returning {
  at = 0;
  past: number[] = [];
  future: number[] = [];
  onleave = () => {};
  get canGoBack() {
    return this.past.length > 0;
  }
  get canGoForward() {
    return this.future.length > 0;
  }
  go(to: number) {
    this.past.push(this.at);
    this.future = [];
    this.at = to;
    this.onleave();
  }
  forget() {
    this.past = [];
    this.future = [];
  }
  back() {
    this.future.push(this.at);
    this.at = this.past.pop()!;
  }
  forward() {
    this.past.push(this.at);
    this.at = this.future.pop()!;
  }
}

function start() {
  const [tables, picture] = [new Counter(), new Counter()];
  return { tables, picture, trail: new Trail({ tables, picture }), here: () => [tables.at, picture.at] };
}

it('takes the last step back, in whichever part it was, and forward again', () => {
  const { tables, picture, trail, here } = start();
  expect(trail.canGoBack).toBe(false);
  tables.go(1);
  picture.go(1);
  picture.go(2);
  tables.go(2);
  const way = [here()];
  while (trail.canGoBack) {
    trail.back();
    way.push(here());
  }
  expect(way).toEqual([
    [2, 2],
    [1, 2],
    [1, 1],
    [1, 0],
    [0, 0],
  ]);
  const again = [here()];
  while (trail.canGoForward) {
    trail.forward();
    again.push(here());
  }
  expect(again).toEqual(way.toReversed());
});

it('passes over the steps of a picture that another one took the place of', () => {
  const { tables, picture, trail, here } = start();
  tables.go(1);
  picture.go(1);
  tables.go(2);
  picture.forget();
  picture.go(5);
  trail.back();
  expect(here()).toEqual([2, 1]);
  trail.back();
  expect(here()).toEqual([1, 1]);
  trail.back();
  expect(here()).toEqual([0, 1]);
  expect(trail.canGoBack).toBe(false);
});

it('has no way forward any more after another step', () => {
  const { tables, picture, trail } = start();
  tables.go(1);
  trail.back();
  picture.go(1);
  expect(trail.canGoForward).toBe(false);
});
