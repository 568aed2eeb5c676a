// Where one is in the heap, and the way back.
import { describe, expect, it } from 'vitest';
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

describe('when a snapshot is closed', () => {
  /** Was in three snapshots, one after the other, and is in the last one. */
  function inThree(): Places {
    const places = new Places();
    for (const snapshot of [0, 1, 2]) {
      places.keepOnly([...Array(snapshot + 1).keys()], snapshot);
      places.show(snapshot);
      places.select(10 + snapshot);
    }
    return places;
  }

  it('still goes back through the others', () => {
    const places = inThree();
    places.keepOnly([0, 2], 2);
    expect(places.here).toMatchObject({ snapshot: 2, id: 12 });
    const way = [];
    while (places.canGoBack) {
      places.back();
      way.push([places.here.snapshot, places.here.id]);
    }
    expect(way).toEqual([
      [2, 11],
      [0, 10],
      [0, null],
    ]);
    while (places.canGoForward) places.forward();
    expect(places.here).toMatchObject({ snapshot: 2, id: 12 });
  });

  it('is in the one that is shown then, and goes back from there', () => {
    const places = inThree();
    places.go({ type: { index: 4, name: 'Session', newSince: 0 } });
    places.keepOnly([0, 1], 1);
    expect(places.here).toMatchObject({ snapshot: 1, type: null, id: 12 });
    places.back();
    expect(places.here).toMatchObject({ snapshot: 1, id: 11 });
  });

  it('compares with none that was closed', () => {
    const places = inThree();
    places.go({ type: { index: 4, name: 'Session', newSince: 1 }, compared: { before: 1, after: 2 } });
    places.keepOnly([0, 2], 2);
    const type = { index: 4, name: 'Session', newSince: null };
    expect(places.here).toMatchObject({ type, compared: { before: null, after: 2 } });
  });

  it('keeps the way back while all snapshots are read again', () => {
    const places = inThree();
    places.keepOnly([], -1);
    places.keepOnly([0, 1, 2], 2);
    places.back();
    expect(places.here).toMatchObject({ snapshot: 2, id: 11 });
  });
});
