// The rows of a table as the page knows them, over a main that answers when the test says so.
import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { Page } from '../../../shared/protocol/heap.ts';
import { Pages } from '../../../renderer/state/heap-pages.svelte.ts';

/** Answers that come when the test lets them: `rows` names each row by the question and its index. */
class SlowMain {
  readonly asked: {
    name: string;
    offset: number;
    answer(total: number): Promise<void>;
    fail(): Promise<void>;
  }[] = [];

  fetch = (name: string) => (offset: number, limit: number) =>
    new Promise<Page<string>>((resolve, reject) =>
      this.asked.push({
        name,
        offset,
        async answer(total) {
          const length = Math.max(0, Math.min(limit, total - offset));
          resolve({ offset, rows: Array.from({ length }, (_, i) => `${name} ${offset + i}`), total });
          await settled();
        },
        async fail() {
          reject(new Error('the heap is gone'));
          await settled();
        },
      }),
    );

  get offsets() {
    return this.asked.map(({ name, offset }) => `${name} ${offset}`);
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the rows of a table', () => {
  it('come a page at a time, and only those in view are requested', async () => {
    const main = new SlowMain();
    const pages = new Pages<string>();
    pages.ask('types', 1, main.fetch('a'));
    expect(pages.busy).toBe(true);
    await main.asked[0].answer(1000);
    expect([pages.row(0), pages.row(299), pages.row(300)]).toEqual(['a 0', 'a 299', undefined]);
    pages.want(700, 720);
    await main.asked[1].answer(1000);
    expect(main.offsets).toEqual(['a 0', 'a 600']);
    expect([pages.row(705), pages.total, pages.busy]).toEqual(['a 705', 1000, false]);
  });

  it('never leave more than two requests waiting, however fast the scroll bar moves', async () => {
    const main = new SlowMain();
    const pages = new Pages<string>();
    pages.ask('types', 1, main.fetch('a'));
    await main.asked[0].answer(1e6);
    for (let first = 3000; first < 90_000; first += 3000) pages.want(first, first + 40);
    expect(main.asked).toHaveLength(3);
    // What was passed over is not requested later: only where the scroll bar is now.
    await main.asked[1].answer(1e6);
    await main.asked[2].answer(1e6);
    expect(main.offsets.slice(3)).toEqual(['a 87000']);
  });

  it('of an earlier question are dropped when they come late', async () => {
    const main = new SlowMain();
    const pages = new Pages<string>();
    pages.ask('types', 1, main.fetch('old'));
    pages.ask('strings', 1, main.fetch('new'));
    await main.asked[1].answer(5);
    await main.asked[0].answer(9);
    expect([pages.row(0), pages.total]).toEqual(['new 0', 5]);
  });

  it('stay on screen until those of the next revision are there', async () => {
    const main = new SlowMain();
    const pages = new Pages<string>();
    pages.ask('types', 1, main.fetch('old'));
    await main.asked[0].answer(5);
    pages.ask('types', 2, main.fetch('new'));
    expect(pages.row(0)).toBe('old 0');
    await main.asked[1].answer(5);
    expect(pages.row(0)).toBe('new 0');
  });

  it('are shown from the top again where fewer are left than were in view', async () => {
    const main = new SlowMain();
    const pages = new Pages<string>();
    pages.ask('types', 1, main.fetch('old'));
    await main.asked[0].answer(1000);
    pages.want(900, 920);
    await main.asked[1].answer(1000);
    pages.ask('types', 2, main.fetch('new'));
    await main.asked[2].answer(10);
    expect(main.offsets).toEqual(['old 0', 'old 900', 'new 900', 'new 0']);
    await main.asked[3].answer(10);
    expect(pages.row(0)).toBe('new 0');
  });

  it('report a failure once, and come after a retry', async () => {
    const main = new SlowMain();
    const pages = new Pages<string>();
    pages.ask('types', 1, main.fetch('a'));
    await main.asked[0].fail();
    expect(pages.problem).toBe('the heap is gone');
    pages.want(600, 640);
    expect(main.asked).toHaveLength(1);
    pages.retry();
    await main.asked[1].answer(1000);
    expect([pages.problem, pages.total]).toEqual([null, 1000]);
  });

  it('are followed by what shows them', async () => {
    const main = new SlowMain();
    const pages = new Pages<string>();
    const seen: unknown[] = [];
    const stop = $effect.root(() => {
      $effect(() => void seen.push(pages.row(0)));
    });
    flushSync();
    pages.ask('types', 1, main.fetch('a'));
    await main.asked[0].answer(3);
    flushSync();
    expect(seen).toEqual([undefined, 'a 0']);
    stop();
  });
});
