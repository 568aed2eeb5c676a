// The rows of a tree that grows as it is opened: each row's children come from main, a part at a time.
import { messageOf } from '../../shared/errors.ts';
import { untrack } from 'svelte';
import type { Page } from '../../shared/protocol/heap.ts';
import type { Branch, TreeSource } from '../ui/row-source.ts';
import { inBackground } from './failures.svelte.ts';

/** Children that come at a time. */
const part = 200;

export interface TreeAnswers<Row> {
  /** Of a row, or of the top when it is null. */
  children(row: Row | null, offset: number, limit: number): Promise<Page<Row>>;
  /** Whether there is anything below it. */
  canOpen(row: Row): boolean;
}

interface TreeNode<Row> {
  row: Row | null;
  parent: TreeNode<Row> | null;
  level: number;
  position: number;
  open: boolean;
  /** Null until they were asked for. */
  children: TreeNode<Row>[] | null;
  total: number;
  loading: boolean;
}

/** A line of the table: a row of the tree, or a placeholder for the `more` children of `node` that are not loaded yet. */
interface Line<Row> {
  node: TreeNode<Row>;
  parent: number;
  more: number;
}

export class Tree<Row> implements TreeSource<Row> {
  total = $state<number | null>(null);
  busy = $state(false);
  problem = $state<string | null>(null);
  version = $state(0);
  #lines = $state.raw<Line<Row>[]>([]);
  #answers: TreeAnswers<Row> | null = null;
  #asked = '';
  #question = 0;
  #top = this.#node(null, null, 0);

  /** Asks for another tree; with the same `subject` as before the tree stays as it is. */
  ask(subject: unknown, answers: TreeAnswers<Row>): void {
    const asked = JSON.stringify(subject);
    if (this.#answers && asked === this.#asked) return;
    untrack(() => {
      [this.#asked, this.#answers] = [asked, answers];
      this.version++;
      this.retry();
    });
  }

  row(index: number): Row | undefined {
    const line = this.#lines[index];
    return line && line.more === 0 ? line.node.row! : undefined;
  }

  branch(index: number): Branch {
    const line = this.#lines[index];
    if (!line) return { level: 1, expanded: null, parent: -1, position: 1, siblings: 1, more: 0 };
    const { node, parent, more } = line;
    if (more > 0)
      return {
        level: node.level + 1,
        expanded: null,
        parent,
        position: node.children!.length + 1,
        siblings: node.total,
        more,
      };
    return {
      level: node.level,
      expanded: this.#answers!.canOpen(node.row!) ? node.open : null,
      parent,
      position: node.position,
      siblings: node.parent!.total,
      more: 0,
    };
  }

  /** All of it comes by itself or by `toggle`. */
  want(): void {}

  retry(): void {
    this.#question++;
    this.problem = null;
    this.#top = this.#node(null, null, 0);
    inBackground(this.#load(this.#top));
  }

  toggle(index: number): void {
    const line = this.#lines[index];
    if (!line) return;
    const { node, more } = line;
    if (more > 0) {
      inBackground(this.#load(node));
      return;
    }
    if (!this.#answers!.canOpen(node.row!)) return;
    node.open = !node.open;
    if (node.open && !node.children) inBackground(this.#load(node));
    else this.#list();
  }

  #node(row: Row | null, parent: TreeNode<Row> | null, position: number): TreeNode<Row> {
    const level = parent ? parent.level + 1 : 0;
    return { row, parent, level, position, open: row === null, children: null, total: 0, loading: false };
  }

  async #load(node: TreeNode<Row>): Promise<void> {
    if (node.loading) return;
    const question = this.#question;
    node.loading = true;
    this.busy = true;
    try {
      const known = node.children?.length ?? 0;
      const { rows, total } = await this.#answers!.children(node.row, known, part);
      if (question !== this.#question) return;
      const added = rows.map((row, i) => this.#node(row, node, known + i + 1));
      node.children = [...(node.children ?? []), ...added];
      node.total = total;
      this.#list();
    } catch (error) {
      if (question !== this.#question) return;
      node.open = node === this.#top;
      this.problem = messageOf(error);
    }
    node.loading = false;
    this.busy = false;
  }

  #list(): void {
    const lines: Line<Row>[] = [];
    // A stack of what is still to come, the next on top: a tree may be opened deep.
    const waiting: { node: TreeNode<Row>; parent: number; more: number }[] = [];
    const open = (node: TreeNode<Row>, index: number) => {
      const children = node.children ?? [];
      const more = node.total - children.length;
      if (more > 0) waiting.push({ node, parent: index, more });
      for (let i = children.length - 1; i >= 0; i--)
        waiting.push({ node: children[i], parent: index, more: 0 });
    };
    open(this.#top, -1);
    for (let line = waiting.pop(); line; line = waiting.pop()) {
      lines.push(line);
      if (line.more === 0 && line.node.open) open(line.node, lines.length - 1);
    }
    this.#lines = lines;
    this.total = lines.length;
  }
}
