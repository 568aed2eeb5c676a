// docs/dot-files.png: every file of test/fixtures/dot/tools as the window paints it, as exported svg and png, beside Debian's
// `dot -Tpng`. The first three are those that test/renderer/tool-graphs.test.ts compared last; ImageMagick and Graphviz must be
// installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const pictures = join(root, 'test-results/drawing');
const fixtures = join(root, 'test/fixtures/dot/tools');
const files = readdirSync(fixtures).filter((name) => /\.x?dot$/.test(name));
/** The further graphs of a file, which the test has cut out of it. */
const furtherOf = (name) => {
  const graph = new RegExp(`^tools-(${name.replaceAll('.', '\\.')}-\\d+)\\.dot$`);
  return readdirSync(pictures).flatMap((file) => graph.exec(file)?.slice(1) ?? []);
};
const names = files.flatMap((name) => [name, ...furtherOf(name)]);

const pictureOf = (name, way) => join(pictures, `tools-${name}.${way}.png`);
const missing = files.filter((name) => !existsSync(pictureOf(name, 'window')));
if (missing.length > 0) {
  console.error(
    `No pictures of ${missing.join(', ')}: run npx vitest run test/renderer/tool-graphs.test.ts first`,
  );
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'dot-files-'));
const cells = names.flatMap((name) => {
  const native = join(folder, `${name}.png`);
  const source = files.includes(name) ? name : join(pictures, `tools-${name}.dot`);
  const positions = name.endsWith('.xdot') ? ['-Kneato', '-n2'] : [];
  // Only the first graph of a file, and some of these files it does not read at all.
  const { status, stdout } = spawnSync('dot', [...positions, '-Tpng', '-Gdpi=144', source], {
    cwd: fixtures,
    maxBuffer: 2 ** 28,
  });
  if (status === 0) writeFileSync(native, stdout.subarray(0, endOfPng(stdout)));
  /** An empty cell for what is refused. */
  const of = (label, file) =>
    existsSync(file)
      ? ['-label', `${name}: ${label}`, file]
      : ['-label', `${name}: ${label} refused`, 'null:'];
  return [
    ...['window', 'svg', 'png'].flatMap((way) => of(way, pictureOf(name, way))),
    ...of('dot -Tpng', native),
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

/** Where the first of several PNGs ends: behind its IEND chunk. */
function endOfPng(data) {
  const end = data.indexOf('IEND');
  return end < 0 ? data.length : end + 8;
}
