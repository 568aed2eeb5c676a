// The camera's positions, without a window: where it looks when a picture opens, changes or is resized, and the way back.
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Navigation } from '../../../renderer/state/navigation.svelte.ts';
import type { Box } from '../../../shared/scene/scene.ts';

let navigation: Navigation;
let newNavigation: () => Navigation;

beforeAll(async () => {
  // A reader who wants no motion: every flight arrives at once.
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {} }));
  const { Navigation } = await import('../../../renderer/state/navigation.svelte.ts');
  newNavigation = () => new Navigation();
});
beforeEach(() => {
  navigation = newNavigation();
  navigation.resize({ width: 800, height: 600 });
});

const small: Box = [0, 0, 100, 50];
const large: Box = [0, 0, 20_000, 10_000];

/** The point of the scene in the middle of the window. */
const middle = () => {
  const { camera, viewport } = navigation;
  const of = (size: number, offset: number) => Math.round((size / 2 - offset) / camera.zoom);
  return [of(viewport.width, camera.x), of(viewport.height, camera.y)];
};

it('opens a small picture in the middle, and does not blow it up', () => {
  navigation.open(small);
  expect(middle()).toEqual([50, 25]);
  expect(navigation.camera.zoom).toBe(1.5);
});

it('opens a large picture as a whole, or at its start where the whole would be too small to read', () => {
  navigation.open(large);
  expect(navigation.camera.zoom).toBeLessThan(0.05);
  navigation.open(large, { x: 10_000, y: 5000 });
  expect(middle()).toEqual([10_000, 5000]);
  expect(navigation.camera.zoom).toBe(0.75);
});

it('keeps a picture fitted while the window changes its size, until it is moved', () => {
  navigation.open(small);
  navigation.resize({ width: 400, height: 300 });
  expect(middle()).toEqual([50, 25]);
  navigation.scroll(30, 0);
  const before = middle();
  navigation.resize({ width: 1200, height: 900 });
  expect(middle()).toEqual(before);
});

it('replays its jumps backwards and forwards, and a scroll is none', () => {
  navigation.open(large);
  const first = navigation.camera;
  navigation.visit([5000, 5000, 5100, 5100]);
  expect(middle()).toEqual([5050, 5050]);
  navigation.scroll(10, 10);
  const scrolled = navigation.camera;
  navigation.back();
  expect(navigation.camera).toEqual(first);
  expect(navigation.canGoBack).toBe(false);
  navigation.forward();
  expect(navigation.camera).toEqual(scrolled);
});

it('stays where it is when the same picture is laid out again, unless nothing of it is there', () => {
  navigation.open(large);
  navigation.look({ x: 19_000, y: 9000 }, 1);
  const here = navigation.camera;
  navigation.reopen([0, 0, 19_500, 9500]);
  expect(navigation.camera).toEqual(here);
  navigation.reopen(small);
  expect(middle()).toEqual([50, 25]);
});

it('keeps what moved under the eye when another part of the picture is shown', () => {
  navigation.open(large);
  navigation.look({ x: 1000, y: 1000 }, 1);
  const steps: number[] = [];
  navigation.change(large, { from: { x: 1000, y: 1000 }, to: { x: 4000, y: 2500 } }, (t) => steps.push(t));
  expect(middle()).toEqual([4000, 2500]);
  expect(steps).toEqual([1]);
});

it('notifies the view of every move that is not its own', () => {
  const followed = vi.fn();
  navigation.follow = followed;
  navigation.open(small);
  navigation.moved({ x: 1, y: 2, zoom: 3 });
  expect(followed).toHaveBeenCalledTimes(1);
  navigation.zoomIn();
  expect(followed).toHaveBeenLastCalledWith(navigation.camera);
});
