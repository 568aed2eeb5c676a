// docs/dot-files.png: every file of test/fixtures/dot/tools as the window paints it, as exported svg and png, beside Debian's
// `dot -Tpng`. The first three are those that test/renderer/tool-graphs.test.ts compared last; ImageMagick and Graphviz must be
// installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const pictures = join(root, 'test-results/drawing');
const fixtures = join(root, 'test/fixtures/dot/tools');
const names = readdirSync(fixtures).filter((name) => /\.x?dot$/.test(name) && name !== 'prep.dot');

const missing = names.filter((name) => !existsSync(join(pictures, `tools-${name}.window.png`)));
if (missing.length > 0) {
  console.error(
    `No pictures of ${missing.join(', ')}: run npx vitest run test/renderer/tool-graphs.test.ts first`,
  );
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'dot-files-'));
const cells = names.flatMap((name) => {
  const native = join(folder, `${name}.png`);
  const positions = name.endsWith('.xdot') ? ['-Kneato', '-n2'] : [];
  // Some of these files are not read by it at all: an empty cell then.
  const { status } = spawnSync('dot', [...positions, '-Tpng', '-Gdpi=144', name, '-o', native], {
    cwd: fixtures,
  });
  const of = (label, file) => ['-label', `${name}: ${label}`, file];
  return [
    ...['window', 'svg', 'png'].flatMap((way) => of(way, join(pictures, `tools-${name}.${way}.png`))),
    ...(status === 0 && existsSync(native) ? of('dot -Tpng', native) : of('dot: refused', 'null:')),
  ];
});
const sheet = join(root, 'docs/dot-files.png');
const font = join(root, 'shared/fonts/LiberationSans-Regular.ttf');
const look = [
  '-tile',
  '4x',
  '-geometry',
  '300x190>+8+8',
  '-pointsize',
  '13',
  '-font',
  font,
  '-background',
  'white',
];
execFileSync('montage', [
  ...cells,
  '-background',
  'white',
  '-alpha',
  'remove',
  ...look,
  '-colors',
  '64',
  '-depth',
  '8',
  sheet,
]);
rmSync(folder, { recursive: true });
console.log(sheet);
