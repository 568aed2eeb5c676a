// Scenes in parts, there and back.
import { expect, it } from 'vitest';
import type { Scene } from '../../../shared/scene/scene.ts';
import { packScene, SceneUnpacking, unpackScene } from '../../../shared/scene/packed-scene.ts';
import { layOut } from '../../renderer/fake-host.ts';

const large = `digraph { ${Array.from({ length: 1200 }, (_, i) => `n${i} -> n${(i * 7) % 1200} [label="é ${i}"];`).join('')} }`;

it.each([
  ['is the same again', 'digraph one { subgraph cluster_a { a } a -> b [label=x]; b -> a }'],
  ['is the same again when it has nothing in it', 'graph {}'],
  ['is the same again when it comes in many parts', large],
])('%s', async (_, dot) => {
  const scene = await layOut(dot, 'osage');
  expect(unpackScene(packScene(scene))).toEqual(scene);
});

it('is cut so that no part takes long to read', async () => {
  const { parts } = packScene(await layOut(large, 'osage'));
  expect(parts.map(({ of, json }) => [of, (JSON.parse(json) as unknown[]).length])).toEqual([
    ...['nodes', 'edges'].flatMap((of) => [500, 500, 200].map((count) => [of, count])),
  ]);
});

it('is put together of the parts that came since the last one', async () => {
  const [one, two] = await Promise.all(['digraph { a -> b }', 'digraph { c }'].map((dot) => layOut(dot)));
  const unpacking = new SceneUnpacking();
  for (const [revision, scene] of [one, two].entries()) {
    const { frame, parts } = packScene(scene);
    for (const part of parts) unpacking.add({ ...part, revision });
    expect(unpacking.finish(frame, revision)).toEqual(scene);
  }
});

it('is put together of its own parts alone, whatever comes between them', async () => {
  const dots = ['digraph { a -> b }', 'digraph { c -> d -> e }', 'graph {}'];
  const [old, next, empty] = await Promise.all(dots.map((dot) => layOut(dot)));
  const unpacking = new SceneUnpacking();
  const add = (scene: Scene, revision: number) => {
    for (const part of packScene(scene).parts) unpacking.add({ ...part, revision });
  };
  add(old, 1);
  add(next, 2);
  add(old, 1);
  expect(unpacking.finish(packScene(next).frame, 2)).toEqual(next);
  add(old, 3);
  expect(unpacking.finish(packScene(empty).frame, 4)).toEqual(empty);
});
