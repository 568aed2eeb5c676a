import { describe, expect, it } from 'vitest';
import { edgesByNode, nearestNode, neighbourTowards } from '../../../renderer/graph/neighbours.ts';
import { layOut } from '../fake-host.ts';

describe('walking along edges', async () => {
  const scene = await layOut(
    'digraph { top -> left; top -> right; left -> low; low -> low; rank=same; { rank=same; left; right; alone } }',
  );
  const index = (name: string) => scene.nodes.findIndex((node) => node.name === name);
  const edges = edgesByNode(scene);
  const from = (name: string, direction: 'left' | 'right' | 'up' | 'down') => {
    const next = neighbourTowards(scene, edges[index(name)], index(name), direction);
    return next === null ? null : scene.nodes[next].name;
  };

  it('goes down to the nearer child and up again', () => {
    expect(from('left', 'down')).toBe('low');
    expect(from('low', 'up')).toBe('left');
    expect(from('left', 'up')).toBe('top');
  });

  it('stays where no edge leads that way', () => {
    expect(from('low', 'down')).toBeNull();
    expect(from('alone', 'left')).toBeNull();
  });

  it('takes the nodes beside it only if an edge goes there', () => {
    expect(from('left', 'right')).not.toBe('alone');
  });

  it('starts at the node nearest to the middle', () => {
    const [left, top, right, bottom] = scene.nodes[index('right')].bounds;
    expect(nearestNode(scene, { x: (left + right) / 2 + 1, y: (top + bottom) / 2 })).toBe(index('right'));
  });
});
