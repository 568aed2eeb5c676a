// docs/drawing.png: our painting, Chromium's rendering of Graphviz's SVG of the same layout, and `dot -Tpng`, side by side. The
// first two are those that test/renderer/drawing.test.ts compared last; ImageMagick and Graphviz must be installed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const pictures = join(root, 'test-results/drawing');
const fixtures = join(root, 'test/fixtures/dot');
const names = ['html', 'cells', 'landscape', 'records', 'ports', 'images', 'styles'];
const cell = '380x270';

const missing = names.filter((name) => !existsSync(join(pictures, `${name}.ours.png`)));
if (missing.length > 0) {
  console.error(
    `No pictures of ${missing.join(', ')}: run npx vitest run test/renderer/drawing.test.ts first`,
  );
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'contact-sheet-'));
const rows = names.flatMap((name) => {
  const native = join(folder, `${name}.png`);
  // From the folder of the file, where its images are.
  execFileSync('dot', ['-Tpng', '-Gdpi=288', `${name}.dot`, '-o', native], {
    cwd: fixtures,
    stdio: 'ignore',
  });
  const [ours, svg] = ['ours', 'svg'].map((kind) => join(pictures, `${name}.${kind}.png`));
  const of = (label, file) => ['-label', `${name}: ${label}`, file];
  return [...of('objgraph', ours), ...of('Chromium, SVG', svg), ...of('dot -Tpng', native)];
});
const sheet = join(root, 'docs/drawing.png');
const look = ['-tile', '3x', '-geometry', `${cell}>+10+10`, '-pointsize', '15', '-background', 'white'];
execFileSync('montage', [...rows, ...look, '-colors', '96', '-depth', '8', sheet]);
rmSync(folder, { recursive: true });
console.log(sheet);
