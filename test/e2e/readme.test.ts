// The README's first command, as a newcomer gives it: in a clean clone, with a screen. And its programs print what it says.
import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop, missingPrograms, root } from './desktop.ts';
import { showsLeak } from './first-minute.ts';

const missing = missingPrograms('Xvfb', 'chromium', 'import', 'git');

describe.skipIf(missing.length > 0)("the README's first command in a clean clone", () => {
  let desktop: Desktop;
  beforeAll(async () => void (desktop = await Desktop.start()));
  afterAll(() => desktop?.close(), 300_000);

  it('prints the story of the leak and opens the window with its chain', async () => {
    const clone = join(desktop.folder, 'clone');
    execFileSync('git', ['clone', '--quiet', root, clone]);
    // To run this test takes the first of the two commands: it runs again here with `OBJGRAPH_ALL=1`. Else the clone has the same
    // packages, and nothing that was built of them.
    const modules = join(root, 'node_modules');
    const install = process.env.OBJGRAPH_ALL
      ? 'npm install --no-audit --no-fund --prefer-offline'
      : `mkdir node_modules && ln -s ${modules}/* ${modules}/.bin node_modules`;
    const command = `cd ${clone} && ${install} && npm run demo`;
    const demo = desktop.start('sh', ['-c', command]);
    // The window that shows a server's leak is the end of it: closed, the command has ended.
    const page = await desktop.window('server.cjs', 240_000);
    await showsLeak(page);
    const picture = desktop.screenshot('readme-demo.png');
    expect(statSync(picture).size).toBeGreaterThan(5_000);
    await page.close();
    expect(await demo.ended, demo.stderr).toBe(0);
    const said = Buffer.from(demo.stdout, 'latin1').toString();
    expect(said).toMatch(/sample-graph\.png[\s\S]*\nImage generated as \S*sample-graph\.png \(4 nodes\)/);
    expect(said).toMatch(/^MyBigFatObject +2 +\+2$/m);
    expect(said).toMatch(
      /Module \S*service\.mjs {2}—cache→\n {2}Map 1 item {2}—42→\n {2}Object \{foo, bar\} {2}—(foo|bar)→\n {2}MyBigFatObject\n/,
    );
  }, 300_000);
});

describe('the programs of the README', () => {
  it('print what the README says they print', () => {
    const check = [join(root, 'build/scripts/readme.mjs'), '--check'];
    const { status, stderr } = spawnSync(process.execPath, check, { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });
});
