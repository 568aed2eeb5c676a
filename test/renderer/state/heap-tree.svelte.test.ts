// A tree whose rows come as it is opened.
import { expect, it } from 'vitest';
import { Tree, type TreeAnswers } from '../../../renderer/state/heap-tree.svelte.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A tree by its names: `a` has `sizes.a` children, `a0`, `a1` …; the top is called ''. */
function treeOf(sizes: Record<string, number>): TreeAnswers<string> & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    canOpen: (row) => row in sizes,
    async children(row, offset, limit) {
      const name = row ?? '';
      asked.push(`${name} from ${offset}`);
      if (Number.isNaN(sizes[name])) throw new Error('no children today');
      const length = Math.min(limit, sizes[name] - offset);
      await Promise.resolve();
      return { offset, total: sizes[name], rows: Array.from({ length }, (_, i) => `${name}${offset + i}`) };
    },
  };
}

const rows = (tree: Tree<string>) =>
  Array.from({ length: tree.total ?? 0 }, (_, i) => {
    const { level, more } = tree.branch(i);
    return '  '.repeat(level - 1) + (more > 0 ? `${more} more` : tree.row(i));
  });

async function opened(answers: TreeAnswers<string>) {
  const tree = new Tree<string>();
  tree.ask('it', answers);
  await settled();
  return tree;
}

it('opens and closes a row, and asks for its children once', async () => {
  const answers = treeOf({ '': 2, 0: 2 });
  const tree = await opened(answers);
  expect(rows(tree)).toEqual(['0', '1']);
  expect([tree.branch(0).expanded, tree.branch(1).expanded]).toEqual([false, null]);
  tree.toggle(0);
  await settled();
  expect(rows(tree)).toEqual(['0', '  00', '  01', '1']);
  expect(tree.branch(2)).toMatchObject({ level: 2, parent: 0, position: 2, siblings: 2 });
  tree.toggle(0);
  tree.toggle(0);
  expect(rows(tree)).toEqual(['0', '  00', '  01', '1']);
  expect(answers.asked).toEqual([' from 0', '0 from 0']);
});

it('has a row for the children that have not come yet, which brings the next of them', async () => {
  const tree = await opened(treeOf({ '': 450 }));
  expect(rows(tree).slice(-2)).toEqual(['199', '250 more']);
  tree.toggle(200);
  await settled();
  expect(rows(tree).slice(-2)).toEqual(['399', '50 more']);
  tree.toggle(400);
  await settled();
  expect([tree.total, rows(tree).at(-1)]).toEqual([450, '449']);
});

it('closes a row whose children cannot be had, and says why', async () => {
  const tree = await opened(treeOf({ '': 1, 0: NaN }));
  tree.toggle(0);
  await settled();
  expect([tree.problem, rows(tree), tree.branch(0).expanded]).toEqual(['no children today', ['0'], false]);
});

it('drops answers about a tree that is no longer shown', async () => {
  const tree = new Tree<string>();
  tree.ask('old', treeOf({ '': 3 }));
  tree.ask('new', treeOf({ '': 1 }));
  await settled();
  expect(rows(tree)).toEqual(['0']);
});

it('keeps what is open below a row that is closed', async () => {
  const tree = await opened(treeOf({ '': 2, 0: 1, '00': 1 }));
  tree.toggle(0);
  await settled();
  tree.toggle(1);
  await settled();
  expect(rows(tree)).toEqual(['0', '  00', '    000', '1']);
  tree.toggle(0);
  expect(rows(tree)).toEqual(['0', '1']);
  tree.toggle(0);
  expect(rows(tree)).toEqual(['0', '  00', '    000', '1']);
});
