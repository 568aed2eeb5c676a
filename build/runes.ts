// State of the page (`*.svelte.ts`) in tests that run in Node: Svelte's plugin would compile it for a server, where runes are
// plain values that nothing follows.
import { compileModule } from 'svelte/compiler';
import { resolve } from 'node:path';
import { transformWithOxc, type Plugin } from 'vite';

const svelte = resolve(import.meta.dirname, '../node_modules/svelte/src');

/** The modules of Svelte that have one file for browsers and another for servers. */
const ofBrowsers: Record<string, string> = {
  svelte: 'index-client.js',
  'svelte/reactivity': 'reactivity/index-client.js',
};

export const runes = (): Plugin => ({
  name: 'runes',
  enforce: 'pre',
  resolveId: (id) => (Object.hasOwn(ofBrowsers, id) ? resolve(svelte, ofBrowsers[id]) : null),
  async transform(code, id) {
    if (!/\.svelte(\.test)?\.ts$/.test(id)) return null;
    const { code: script } = await transformWithOxc(code, id, { sourcemap: false });
    const { js } = compileModule(script, { filename: id, generate: 'client', dev: true });
    return { code: js.code, map: null };
  },
});
