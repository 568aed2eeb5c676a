/**
 * For tests of what is alike on several versions or programs: gives one of them, at each call the next one, so that the tests of a
 * file use all of them; all of them at each call with `OBJGRAPH_ALL=1`.
 */
export function inTurn<Item>(items: readonly Item[]): () => readonly Item[] {
  let calls = 0;
  return () =>
    process.env.OBJGRAPH_ALL ? items : items.slice(calls % items.length, (calls++ % items.length) + 1);
}
