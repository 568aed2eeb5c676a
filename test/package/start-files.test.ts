// What a first window waits for: Node takes half a millisecond for each file that it imports, and much of our code is for other
// things (docs/decisions/21-the-viewer-lingers.md).
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../../dist');

/** The files that one imports, itself or by others, before it does anything; and the modules of Node's own and of packages. */
function importsOf(file: string, found = { files: new Set<string>(), modules: new Set<string>() }) {
  found.files.add(file);
  for (const [, name] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\b[^;"']*["']([^"']+)["'];/gm,
  )) {
    const imported = join(dirname(file), name);
    if (!name.startsWith('.')) found.modules.add(name);
    else if (!found.files.has(imported)) importsOf(imported, found);
  }
  return found;
}

it.each(['xdot.js', 'cli.js', 'viewer.js'])('%s imports few files, and nothing of any package', (entry) => {
  const { files, modules } = importsOf(join(dist, entry));
  expect(files.size).toBeGreaterThan(1);
  expect(files.size).toBeLessThanOrEqual(5);
  expect([...modules].filter((name) => !name.startsWith('node:'))).toEqual([]);
  // It would make the standard streams.
  expect(modules).not.toContain('node:process');
  // A schema, which the command that writes a request does not need.
  for (const file of files) expect(readFileSync(file, 'utf8')).not.toContain('safeParse');
});

it('a window of a DOT file does not load what speaks with processes', () => {
  const [window] = readdirSync(join(dist, 'chunks')).filter((name) => /^chromium-host-.*\.js$/.test(name));
  const { files, modules } = importsOf(join(dist, 'chunks', window));
  expect(files.size).toBeLessThanOrEqual(7);
  expect(modules).not.toContain('ws');
  expect(modules).not.toContain('node:zlib');
});

it('the page starts without the tables of a heap', () => {
  const page = readFileSync(join(dist, 'renderer/index.html'), 'utf8');
  const [, script] = /<script type="module" crossorigin src="\.\/(assets\/[^"]+)"/.exec(page)!;
  const program = readFileSync(join(dist, 'renderer', script), 'utf8');
  const [views] = readdirSync(join(dist, 'renderer/assets')).filter((name) =>
    /^heap-views-.*\.js$/.test(name),
  );
  expect(page).not.toContain(basename(views));
  expect(program).toMatch(new RegExp(`import\\([\`"']\\./${views}`));
  expect(program).not.toMatch(new RegExp(`from\\s*["']\\./${views}`));
});
