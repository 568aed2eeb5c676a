// Where one is in the heap, and the way back.
import { expect, it } from 'vitest';
import { Places } from '../../../renderer/state/heap-places.svelte.ts';

it('goes back the way it came, and forward again', () => {
  const places = new Places();
  places.go({ view: 'dominators' });
  places.select(5);
  places.go({ view: 'strings' });
  places.back();
  places.back();
  expect(places.here).toMatchObject({ view: 'dominators', id: null });
  places.forward();
  expect(places.here).toMatchObject({ view: 'dominators', id: 5 });
  expect([places.canGoBack, places.canGoForward]).toEqual([true, true]);
});

it('forgets the way forward when it takes another one', () => {
  const places = new Places();
  places.select(1);
  places.select(2);
  places.back();
  places.select(3);
  expect(places.canGoForward).toBe(false);
  places.back();
  expect(places.here.id).toBe(1);
});

it('takes a walk along rows back in one step', () => {
  const places = new Places();
  places.select(1);
  for (const id of [2, 3, 4]) places.select(id, 'walk');
  places.back();
  expect(places.here.id).toBe(1);
});

it('goes nowhere when it is there already', () => {
  const places = new Places();
  places.select(1);
  places.select(1);
  places.back();
  expect([places.here.id, places.canGoBack]).toEqual([null, false]);
});

it('takes the object along into another snapshot, but not the class, whose place in the list is another one', () => {
  const places = new Places();
  places.show(0);
  expect(places.canGoBack).toBe(false);
  places.go({ type: { index: 3, name: 'Session', newSince: null }, id: 7 });
  places.show(1);
  expect(places.here).toMatchObject({ snapshot: 1, type: null, id: 7 });
  places.back();
  expect(places.here).toMatchObject({ snapshot: 0, type: { name: 'Session' } });
});
