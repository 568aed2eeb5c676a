// The names of the files that can be opened: one list for dialogs, drops and messages.
import { expect, it } from 'vitest';
import { formats } from '../../main/documents/formats.ts';
import { isSnapshotName, openableExtensions, withoutGraphExtension } from '../../shared/file-formats.ts';

it.each([
  ['app.heapsnapshot', true],
  ['app.heaptimeline', true],
  ['APP.HEAPSNAPSHOT.GZ', true],
  ['app.heaptimeline.gz', true],
  ['app.gz', false],
  ['app.heapsnapshot.zip', false],
  ['app.dot', false],
])('%s is a heap snapshot by its name: %s', (name, isSnapshot) => {
  expect(isSnapshotName(name)).toBe(isSnapshot);
});

it('offers what can be read: every graph, and snapshots with or without gzip', () => {
  for (const { extensions } of formats)
    expect(openableExtensions).toEqual(expect.arrayContaining([...extensions]));
  expect(openableExtensions).toEqual(expect.arrayContaining(['.heapsnapshot', '.heaptimeline', '.gz']));
});

it.each([
  ['graph.dot', 'graph'],
  ['graph.GV', 'graph'],
  ['a.b.xdot', 'a.b'],
  ['graph.txt', 'graph.txt'],
])('an export of %s is called %s', (name, exported) => {
  expect(withoutGraphExtension(name)).toBe(exported);
});
