import { expect, it } from 'vitest';
import { parseInstallLocation } from '../../../shared/viewer-host/windows-registry.ts';

const answer = (...values: string[]) =>
  ['', 'HKEY_CURRENT_USER\\Software\\6f3f6c5e-7c0b-5a58-9d1e-0c1d8f4a8b1e', ...values, '', ''].join('\r\n');

it("reads the folder in the answer of Windows' reg", () => {
  expect(
    parseInstallLocation(answer('    InstallLocation    REG_SZ    C:\\Users\\Jo Doe\\Tools\\objgraph')),
  ).toBe('C:\\Users\\Jo Doe\\Tools\\objgraph');
  expect(parseInstallLocation(answer('    InstallLocation    REG_SZ    D:\\objgraph\\'))).toBe(
    'D:\\objgraph',
  );
});

it.each([
  ['another value', '    ShortcutName    REG_SZ    C:\\objgraph'],
  ['another type', '    InstallLocation    REG_DWORD    0x1'],
  ['an empty one', '    InstallLocation    REG_SZ    '],
  ['a folder on the network', '    InstallLocation    REG_SZ    \\\\server\\objgraph'],
  ['a relative one', '    InstallLocation    REG_SZ    objgraph'],
])('takes nothing from %s', (_what, line) => {
  expect(parseInstallLocation(answer(line))).toBeNull();
});
