import { describe, expect, it } from 'vitest';
import {
  AllocationTreeBuilder,
  differenceOfAllocations,
  groupAllocations,
  totalBytes,
  type AllocationTree,
} from '../../../shared/heap/allocation-tree.ts';
import { HeapProfileError, readHeapProfile, writeHeapProfile } from '../../../shared/heap/heap-profile.ts';

const frame = (functionName: string, line = 0) => ({
  functionName,
  script: `/${functionName}.js`,
  scriptId: 1,
  line,
  column: 0,
});

/** A tree in the order of a walk, of few functions, so that recursion is common. */
function randomTree(random: () => number, size: number): AllocationTree {
  const builder = new AllocationTreeBuilder();
  const path = [builder.add(-1, frame('(root)'), 0)];
  for (let i = 1; i < size; i++) {
    while (path.length > 1 && random() < 0.4) path.pop();
    path.push(
      builder.add(path.at(-1)!, frame('abcdef'[Math.floor(random() * 6)]), Math.floor(random() * 100)),
    );
  }
  return builder.finish(true, false);
}

/** Numbers that are the same at every run. */
function numbers(seed: number): () => number {
  return () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
}

/** Node by node, up each stack: slow and plain. */
function slowGroups(tree: AllocationTree, groupOf: readonly number[]) {
  const rows = new Map<number, { selfBytes: number; totalBytes: number }>();
  const row = (group: number) => {
    if (!rows.has(group)) rows.set(group, { selfBytes: 0, totalBytes: 0 });
    return rows.get(group)!;
  };
  for (let node = 0; node < tree.parents.length; node++) {
    const stack: number[] = [];
    for (let at = node; at >= 0; at = tree.parents[at]) {
      const group = groupOf[tree.frameOf[at]];
      if (group >= 0) stack.push(group);
    }
    if (stack.length > 0) row(stack[0]).selfBytes += tree.bytes[node];
    for (const group of new Set(stack)) row(group).totalBytes += tree.bytes[node];
  }
  return rows;
}

describe('groups of allocations', () => {
  it('are those that a slow model finds, in trees with recursion and with functions that are left out', () => {
    const random = numbers(7);
    for (let round = 0; round < 100; round++) {
      const tree = randomTree(random, 1 + Math.floor(random() * 60));
      const groupOf = tree.frames.map(() => Math.floor(random() * 4) - 1);
      const expected = slowGroups(tree, groupOf);
      const found = groupAllocations(tree, groupOf);
      for (const { group, selfBytes, totalBytes: total } of found)
        expect({ selfBytes, totalBytes: total }).toEqual(expected.get(group));
      for (const [group, { selfBytes, totalBytes: total }] of expected)
        if (selfBytes !== 0 || total !== 0) expect(found.map((each) => each.group)).toContain(group);
    }
  });

  it('count what has no group for the function that called it', () => {
    const builder = new AllocationTreeBuilder();
    const root = builder.add(-1, frame('(root)'), 0);
    const mine = builder.add(root, frame('mine'), 10);
    builder.add(mine, frame('theirs'), 5);
    const tree = builder.finish(false, false);
    expect(groupAllocations(tree, [-1, 0, -1])).toEqual([
      { group: 0, selfBytes: 15, selfCount: 0, totalBytes: 15 },
    ]);
  });
});

describe('a difference', () => {
  it('is what the later moment has more, call by call', () => {
    const random = numbers(11);
    for (let round = 0; round < 50; round++) {
      const [before, after] = [randomTree(random, 40), randomTree(random, 40)];
      const tree = differenceOfAllocations(before, after);
      expect(totalBytes(tree)[0]).toBe(totalBytes(after)[0] - totalBytes(before)[0]);
      const byPath = (each: AllocationTree) => {
        const sums = new Map<string, number>();
        for (let node = 0; node < each.parents.length; node++) {
          let path = '';
          for (let at = node; at >= 0; at = each.parents[at])
            path += `/${each.frames[each.frameOf[at]].functionName}`;
          sums.set(path, (sums.get(path) ?? 0) + each.bytes[node]);
        }
        return sums;
      };
      const [earlier, later, found] = [byPath(before), byPath(after), byPath(tree)];
      for (const [path, bytes] of found)
        expect(bytes).toBe((later.get(path) ?? 0) - (earlier.get(path) ?? 0));
      expect(found.size).toBe(new Set([...earlier.keys(), ...later.keys()]).size);
      // Still in the order of a walk.
      for (let node = 1; node < tree.parents.length; node++) expect(tree.parents[node]).toBeLessThan(node);
    }
  });
});

describe('.heapprofile', () => {
  it('comes back as it was written', () => {
    const tree = randomTree(numbers(3), 200);
    const again = readHeapProfile(JSON.parse(JSON.stringify(writeHeapProfile(tree))));
    expect(again.parents).toEqual(tree.parents);
    expect(again.bytes).toEqual(tree.bytes);
    expect(again.frames).toEqual(tree.frames);
  });

  it('a deep stack is no problem, and what is no profile is refused in words', () => {
    let head: object = { callFrame: frame('a'), selfSize: 1, children: [] };
    for (let i = 0; i < 5000; i++) head = { callFrame: frame('a'), selfSize: 1, children: [head] };
    expect(totalBytes(readHeapProfile({ head }))[0]).toBe(5001);
    for (const wrong of [
      null,
      {},
      { head: {} },
      { head: { callFrame: {}, selfSize: 'a' } },
      { head: { callFrame: {}, selfSize: -1 } },
      { head: { callFrame: {}, selfSize: 1e300 } },
      { head: { selfSize: 1 } },
    ])
      expect(() => readHeapProfile(wrong)).toThrow(HeapProfileError);
  });
});
