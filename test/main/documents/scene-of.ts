// The picture that a document shows, as the window reads it.
import type { DocumentState } from '../../../shared/protocol.ts';
import { unpackScene, type PackedScene } from '../../../shared/scene/packed-scene.ts';
import type { Scene } from '../../../shared/scene/scene.ts';

/** @throws Error when it shows none */
export function sceneOf({ scene, problem }: DocumentState<PackedScene>): Scene {
  if (!scene) throw new Error(`no picture: ${problem?.message}`);
  return unpackScene(scene);
}
