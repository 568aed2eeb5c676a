// The catalogue of pages: each is a module with `run`, bundled for production and served to Chromium; what leaks says in its first
// line what a developer must be led to.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';

const here = import.meta.dirname;

/** Names and truths: null for those that do not leak. */
export function listPages() {
  const list = (kind) =>
    readdirSync(join(here, kind)).map((file) => {
      const truth = /^\/\* Truth: (.*) \*\//.exec(readFileSync(join(here, kind, file), 'utf8'))?.[1];
      return {
        kind,
        name: basename(file, '.js'),
        file: join(here, kind, file),
        truth: truth ? new RegExp(truth) : null,
      };
    });
  return [...list('leaking'), ...list('healthy')];
}

const svelte = {
  name: 'svelte',
  setup: ({ onLoad }) =>
    void onLoad({ filter: /\.svelte$/ }, ({ path }) => ({
      contents: compile(readFileSync(path, 'utf8'), { filename: path, generate: 'client', css: 'injected' })
        .js.code,
      loader: 'js',
    })),
};

/** The page as HTML, with `window.run`. */
export async function htmlOf({ file, name }) {
  const { outputFiles } = await build({
    stdin: { contents: `import { run } from ${JSON.stringify(file)}; window.run = run;`, resolveDir: here },
    ...{
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      conditions: ['browser', 'production'],
    },
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    plugins: [svelte],
    logLevel: 'error',
  });
  const code = outputFiles[0].text.replaceAll('</script', '<\\/script');
  return `<!doctype html><title>${name}</title><body><script type="module">${code}</script></body>`;
}

/** How a verdict fits the truth: `named first`, `listed`, `missed`; `right` or `false alarm` where nothing leaks. */
export function grade({ truth }, { leaks }) {
  if (truth === null) return leaks.length === 0 ? 'right' : 'false alarm';
  const says = ({ summary, chain, name }) => truth.test(name) || truth.test(summary) || truth.test(chain);
  if (leaks.length > 0 && says(leaks[0])) return 'named first';
  return leaks.some(says) ? 'listed' : 'missed';
}
