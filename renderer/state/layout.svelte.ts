// How the user has arranged the window: which panes are open, the widths of columns, the theme. It is remembered for the next
// window.
import type { Connection } from '../host.ts';
import { inBackground } from './failures.svelte.ts';

export type Theme = 'system' | 'light' | 'dark';
type Remembered = string | number | boolean;

export class Layout {
  readonly #host: Connection;
  #values = $state.raw<Record<string, Remembered>>(given());
  #timer = 0;

  constructor(host: Connection) {
    this.#host = host;
    inBackground(
      host.request('settings.get', null).then(
        (settings) => (this.#values = { ...settings?.layout, ...this.#values }),
        () => {},
      ),
    );
  }

  flag(name: string, usual: boolean): boolean {
    const value = this.#values[name];
    return typeof value === 'boolean' ? value : usual;
  }

  number(name: string): number | null {
    const value = this.#values[name];
    return typeof value === 'number' ? value : null;
  }

  get theme(): Theme {
    const { theme } = this.#values;
    return theme === 'light' || theme === 'dark' ? theme : 'system';
  }

  /** Null forgets it. */
  set(name: string, value: Remembered | null): void {
    const values = { ...this.#values };
    if (value === null) delete values[name];
    else values[name] = value;
    this.#values = values;
    // A border that is dragged changes with every move.
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(
      () => inBackground(this.#host.request('settings.layout', { layout: this.#values }).catch(() => {})),
      300,
    );
  }
}

/** The host may have written the theme into the page. */
function given(): Record<string, Remembered> {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? {} : { theme };
}
