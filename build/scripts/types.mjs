// The library's declarations: tsc writes one file a module, API Extractor makes one of them, once for import and once
// for require. (What a package exports by both must be declared for both: TypeScript reads .d.ts by the package's type.)
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import apiExtractor from '@microsoft/api-extractor';

const root = resolve(import.meta.dirname, '../..');
const { Extractor, ExtractorConfig } = apiExtractor;
const declarations = resolve(root, 'dist/declarations');

execFileSync(
  process.execPath,
  [resolve(root, 'node_modules/typescript/bin/tsc'), '-p', resolve(root, 'build/types.json')],
  {
    stdio: 'inherit',
  },
);

const { succeeded, errorCount } = Extractor.invoke(
  ExtractorConfig.prepare({
    configObjectFullPath: resolve(root, 'build/api-extractor.json'),
    packageJsonFullPath: resolve(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: resolve(declarations, 'objgraph/index.d.ts'),
      compiler: { tsconfigFilePath: resolve(root, 'build/types.json') },
      apiReport: { enabled: false, reportFileName: 'objgraph.api.md' },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: resolve(root, 'dist/index.d.ts') },
      messages: {
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  }),
  {
    showVerboseMessages: false,
    messageCallback: (message) => (message.handled ||= message.logLevel === 'info'),
  },
);
if (!succeeded) throw new Error(`API Extractor found ${errorCount} errors`);
copyFileSync(resolve(root, 'dist/index.d.ts'), resolve(root, 'dist/index.d.cts'));

// The matchers extend the test runners' own types, which API Extractor would drop: their declarations stay files of their own.
const matchers = resolve(root, 'dist/matchers');
mkdirSync(matchers, { recursive: true });
const write = (name, extension) => {
  const text = readFileSync(resolve(declarations, `matchers/${name}.d.ts`), 'utf8');
  const imports = text.replaceAll(/(?<=from '\.\/[\w-]+)\.ts'/g, `.${extension}'`);
  writeFileSync(resolve(matchers, `${name}.d.${extension.replace('js', 'ts')}`), imports);
};
for (const name of ['vitest', 'find-leaks']) write(name, 'js');
for (const name of ['jest', 'find-leaks']) write(name, 'cjs');
rmSync(declarations, { recursive: true });
