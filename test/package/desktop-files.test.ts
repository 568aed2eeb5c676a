// What the packages bring beside the program: icons, manuals; and the workflows that make them.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const icons = join(root, 'build/icons');

it.each([16, 24, 32, 48, 64, 128, 256, 512, 1024])('there is an icon of %i pixels', (size) => {
  const png = readFileSync(join(icons, `${size}x${size}.png`));
  expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
    'PNG',
    size,
    size,
  ]);
});

it('Windows and macOS find theirs in one file each', () => {
  const ico = readFileSync(join(icons, 'icon.ico'));
  const sides = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => ico.readUInt8(6 + 16 * i) || 256);
  expect(sides).toEqual([16, 24, 32, 48, 64, 128, 256]);
  for (const [i, side] of sides.entries()) {
    const offset = ico.readUInt32LE(6 + 16 * i + 12);
    expect(ico.readUInt32BE(offset + 16)).toBe(side);
  }
  const icns = readFileSync(join(icons, 'icon.icns'));
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
});

const hasMan = spawnSync('man', ['--version']).status === 0;
if (!hasMan) console.warn('NOT RUN for want of man: how the manuals are formatted');

it.skipIf(!hasMan).each(['objgraph', 'xdot'])('the manual of %s is sound', (name) => {
  const { status, stderr, stdout } = spawnSync(
    'man',
    ['--warnings', '-l', join(root, `build/man/${name}.1`)],
    {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80', MANPAGER: 'cat' },
    },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toContain('SYNOPSIS');
});

it('the manual of objgraph has every command', () => {
  const help = execFileSync(process.execPath, [join(root, 'dist/cli.js'), '--help'], { encoding: 'utf8' });
  const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
  const manual = readFileSync(join(root, 'build/man/objgraph.1'), 'utf8');
  expect(commands.length).toBeGreaterThan(8);
  expect(commands.filter((name) => !new RegExp(`^\\.BI? ${name}\\b`, 'm').test(manual))).toEqual([]);
});

it('the package says who made it and where it lives, as deb and rpm must', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({
    author: expect.stringMatching(/.+ <.+@.+>/),
    homepage: expect.stringMatching(/^https:/),
    description: expect.stringMatching(/./),
    license: 'MIT',
  });
});

it('workflows name every action by its commit', () => {
  const folder = join(root, '.github/workflows');
  const uses = readdirSync(folder).flatMap((file) => [
    ...readFileSync(join(folder, file), 'utf8').matchAll(/uses: (\S+)/g),
  ]);
  expect(uses.length).toBeGreaterThan(5);
  for (const [, action] of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
});

it('a release tries each package on a clean machine, and Electron itself on each system', () => {
  const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
  const packages = [...workflow.matchAll(/release\/\*\.(\w+)/g)].map(([, kind]) => kind);
  const tried = new Set([...workflow.matchAll(/kind: (\w+)/g)].map(([, kind]) => kind));
  expect(packages.length).toBeGreaterThan(4);
  expect([...tried].sort()).toEqual([...packages].sort());
  for (const kind of tried) expect(workflow).toContain(`matrix.kind == '${kind}'`);
  expect(workflow).toMatch(/needs: \[desktop, package, electron, installed\]/);
});

it('a release publishes its provenance and its checksums, and SECURITY.md says how to check them', () => {
  const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
  const job = (name: string) =>
    new RegExp(`^  ${name}:\\n((?:    .*\\n|\\n)*)`, 'm').exec(workflow)?.[1] ?? '';
  expect(job('npm')).toContain('id-token: write');
  expect(job('npm')).toMatch(/npm publish .*--provenance/);
  // Of the packages that the same job attaches.
  expect(job('release')).toMatch(
    /cd packages && sha256sum -- \* > SHA256SUMS[^]*gh release create .* packages\/\*/,
  );
  const security = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  expect(security).toContain('npm audit signatures');
  expect(security).toContain('sha256sum --check --ignore-missing SHA256SUMS');
});
