// What can be done with a page that knows nothing of us, and undone again: going to a page of the same site and back, opening
// and closing what the page itself says can be opened (ARIA): dialogs, menus, disclosures.
// After fuite's default scenario (https://github.com/nolanlawson/fuite), which knows links only.
import type { PageDriver } from './page-driver.ts';

/** Something to do with a page, which ends where it began. */
export interface PageAction {
  /** For people: `opens /about and goes back`. */
  name: string;
  run(): Promise<void>;
}

interface Found {
  links: { text: string; path: string; selector: string }[];
  openers: { text: string; selector: string }[];
}

/**
 * The actions of a page, links first.
 * @param most how many
 * @param anyOrigin links to other sites are followed too
 */
export async function actionsOf(page: PageDriver, most: number, anyOrigin: boolean): Promise<PageAction[]> {
  const { links, openers } = await page.evaluate(findActions, anyOrigin);
  return [
    ...openers.map(({ text, selector }) => ({
      name: `opens and closes ${text}`,
      run: () => openAndClose(page, selector),
    })),
    ...links.map(({ path, selector }) => ({
      name: `opens ${path} and goes back`,
      run: () => goAndReturn(page, selector),
    })),
  ].slice(0, most);
}

async function goAndReturn(page: PageDriver, selector: string): Promise<void> {
  const before = await page.evaluate(() => location.href);
  await page.waitFor(selector);
  await page.evaluate((wanted: string) => document.querySelector<HTMLElement>(wanted)!.click(), selector);
  await page.quiet();
  if ((await page.evaluate(() => location.href)) !== before) await page.back();
  await page.waitFor(selector);
}

async function openAndClose(page: PageDriver, selector: string): Promise<void> {
  await page.click(selector);
  await page.press('Escape');
  const isOpen = () =>
    page.evaluate((wanted: string) => {
      const opener = document.querySelector(wanted);
      return opener?.getAttribute('aria-expanded') === 'true' || opener?.closest('details')?.open === true;
    }, selector);
  if (await isOpen())
    await page.evaluate((wanted: string) => document.querySelector<HTMLElement>(wanted)!.click(), selector);
  // A dialog that Escape does not close has a button that does.
  await page.evaluate(() => {
    const dialogs = [...document.querySelectorAll('dialog[open], [role="dialog"], [role="alertdialog"]')];
    const visible = dialogs.findLast((dialog) => dialog.getClientRects().length > 0);
    const buttons = [...(visible?.querySelectorAll<HTMLElement>('button, [role="button"]') ?? [])];
    const isClose = (button: HTMLElement) =>
      /^(close|cancel|dismiss|ok|done|×|✕|x)$/i.test(
        (button.getAttribute('aria-label') ?? button.textContent).trim(),
      );
    (buttons.find(isClose) ?? buttons.at(-1))?.click();
  });
  await page.quiet();
}

/* Runs in the page, as text. */
function findActions(anyOrigin: boolean): Found {
  const isVisible = (element: Element) => element.getClientRects().length > 0;
  const selectorOf = (element: Element): string => {
    const steps: string[] = [];
    for (let at: Element | null = element; at && at !== document.documentElement; at = at.parentElement) {
      if (at.id && document.querySelectorAll(`#${CSS.escape(at.id)}`).length === 1)
        return [`#${CSS.escape(at.id)}`, ...steps].join(' > ');
      const siblings = [...(at.parentElement?.children ?? [])].filter(
        (other) => other.localName === at.localName,
      );
      steps.unshift(`${at.localName}:nth-of-type(${siblings.indexOf(at) + 1})`);
    }
    return ['html', ...steps].join(' > ');
  };
  const textOf = (element: Element) =>
    (element.getAttribute('aria-label') ?? element.textContent).trim().replace(/\s+/g, ' ').slice(0, 40) ||
    selectorOf(element);
  const openers = [
    ...document.querySelectorAll(
      'button[aria-haspopup]:not([aria-haspopup="false"]), [role="button"][aria-haspopup], [aria-expanded="false"], summary, button[popovertarget], button[command="show-modal"]',
    ),
  ].filter(isVisible);
  const seen = new Set<string>();
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].filter((link) => {
    const isOther = link.origin !== location.origin;
    const isSelf =
      link.pathname === location.pathname && link.search === location.search && !/^#[!/]/.test(link.hash);
    if ((isOther && !anyOrigin) || isSelf || !/^(https?|file):$/.test(link.protocol)) return false;
    if (link.hasAttribute('download') || link.target === '_blank' || !isVisible(link)) return false;
    return !seen.has(link.href) && seen.add(link.href);
  });
  return {
    openers: openers.map((element) => ({ text: `"${textOf(element)}"`, selector: selectorOf(element) })),
    links: links.map((link) => {
      const path = link.origin === location.origin ? link.pathname + link.search + link.hash : link.href;
      return { text: textOf(link), path, selector: selectorOf(link) };
    }),
  };
}
