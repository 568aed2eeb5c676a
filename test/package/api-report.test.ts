// The report of the public interface: nothing is exported without a sentence that says what it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const report = readFileSync(join(import.meta.dirname, '../../build/api/objgraph.api.md'), 'utf8').replaceAll(
  '\r\n',
  '\n',
);

it('documents every name that is exported', () => {
  expect(report).not.toContain('(undocumented)');
});

it('marks the arrays behind a snapshot as ones that may change', () => {
  for (const name of ['HeapGraph', 'HeapAnalysis'])
    expect(report).toContain(`// @beta\nexport class ${name} `);
});
