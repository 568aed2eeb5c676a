// Windows beside the page that is looked at: one that is there, and one that a run opens; in each, every run leaves a Ticket.
import { expect } from 'vitest';
import { findLeaks } from '../../../main/pages/find-leaks.ts';

/** What the pages of Puppeteer and Playwright have in common. */
interface OtherWindow {
  goto(url: string): Promise<unknown>;
  evaluate(script: string): Promise<unknown>;
  close(): Promise<void>;
}

const tickets = `class Ticket {} globalThis.tickets = []; globalThis.add = () => { tickets.push(new Ticket()) }`;

export async function expectOtherWindowsLookedAt(
  page: Parameters<typeof findLeaks>[0],
  newPage: () => Promise<OtherWindow>,
): Promise<void> {
  const openWindow = async () => {
    const other = await newPage();
    await other.goto('about:blank?window');
    await other.evaluate(tickets);
    return other;
  };
  const before = await openWindow();
  let meanwhile: OtherWindow | null = null;
  const { leaks } = await findLeaks(
    page,
    async () => {
      meanwhile ??= await openWindow();
      for (const other of [before, meanwhile]) await other.evaluate('add()');
    },
    { runs: 5 },
  );
  expect(leaks.map(({ name, count }) => [name, count])).toEqual([
    ['Ticket', 17],
    ['Ticket', 17],
  ]);
  for (const { heap } of leaks) expect(heap).toMatch(/^window /);
  await before.close();
  await meanwhile!.close();
}
