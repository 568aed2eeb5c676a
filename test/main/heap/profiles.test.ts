// A profile in a window: functions have the names that the scopes of a source map give them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Profiles } from '../../../main/heap/profiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-profiles-'));
afterAll(() => rmSync(folder, { recursive: true }));

const code = 'function a(e,t){return function(n){return e+t+n}}a(1,2);';
/** `function addAll(first, second) { return (third) => first + second + third }`: its mappings have no names. */
const map = {
  version: 3,
  sources: ['sum.js'],
  names: ['addAll', 'first', 'second', 'third', 'e', 't', 'n', 'a', 'Function'],
  mappings: 'AAAA,SAAA,CAAA',
};
const scopes = 'BAAA,DA,BHAAAQ,DCC,BEApB,DC,CAe,CAC,CBA,ECAA,GI,EGAC,GFG,EGXC,GH,FZ,FB,FH';

const rows = { filter: '', only: 'all', sort: 'name', direction: 'ascending', offset: 0, limit: 10 } as const;

it.each([
  ['as the author wrote it, where the map has scopes', { ...map, scopes }, 'addAll'],
  ['as it ran, where it has none', map, 'a'],
])('a function is called %s', async (_what, content, name) => {
  const script = join(folder, `${name}.js`);
  writeFileSync(script, code);
  writeFileSync(`${script}.map`, JSON.stringify(content));
  const frame = (functionName: string, url: string, columnNumber: number) => ({
    functionName,
    scriptId: '7',
    url,
    lineNumber: 0,
    columnNumber,
  });
  const call = { callFrame: frame('a', script, code.indexOf('(e')), selfSize: 80, children: [] };
  const head = { callFrame: frame('(root)', '', -1), selfSize: 0, children: [call] };
  const profiles = new Profiles();
  await profiles.add({
    id: 1,
    name: 'load.heapprofile',
    content: { text: JSON.stringify({ head, samples: [] }) },
    scripts: [],
    folder,
  });
  const page = profiles.page(1, null, { ...rows, by: 'function' });
  expect(page.rows.map((row) => row.name)).toContain(name);
  expect(page.rows.map((row) => row.location?.script)).toEqual([expect.stringMatching(/sum\.js$/)]);
});
