// The library's declarations: tsc writes one file a module, API Extractor makes one of them, once for import and once
// for require, and compares the public API with the report in build/api: it changes on purpose only (`npm run api`
// accepts a change). (What a package exports by both must be declared for both: TypeScript reads .d.ts by the package's type.)
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

const { succeeded, errorCount, apiReportChanged } = Extractor.invoke(
  ExtractorConfig.prepare({
    configObjectFullPath: resolve(root, 'build/api-extractor.json'),
    packageJsonFullPath: resolve(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: resolve(declarations, 'shared/objgraph/index.d.ts'),
      compiler: { tsconfigFilePath: resolve(root, 'build/types.json') },
      apiReport: {
        enabled: true,
        reportFileName: 'objgraph.api.md',
        reportFolder: resolve(root, 'build/api'),
        reportTempFolder: resolve(declarations, 'api'),
      },
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
    // Accepting writes the report; a build compares with it.
    localBuild: process.argv.includes('--accept'),
    showVerboseMessages: false,
    messageCallback: (message) => (message.handled ||= message.logLevel === 'info'),
  },
);
if (apiReportChanged && !process.argv.includes('--accept'))
  throw new Error(
    "The library's public API is another one than in build/api/objgraph.api.md; if that is meant: npm run api",
  );
if (!succeeded) throw new Error(`API Extractor found ${errorCount} errors`);
copyFileSync(resolve(root, 'dist/index.d.ts'), resolve(root, 'dist/index.d.cts'));

// What looks at pages exports what it has, and extends nothing: one file each, without a report of its own.
for (const [source, name] of [
  ['find-leaks', 'pages'],
  ['playwright', 'playwright'],
]) {
  const { succeeded: isWritten } = Extractor.invoke(
    ExtractorConfig.prepare({
      configObjectFullPath: resolve(root, 'build/api-extractor.json'),
      packageJsonFullPath: resolve(root, 'package.json'),
      configObject: {
        projectFolder: root,
        mainEntryPointFilePath: resolve(declarations, `main/pages/${source}.d.ts`),
        compiler: { tsconfigFilePath: resolve(root, 'build/types.json') },
        apiReport: { enabled: false },
        docModel: { enabled: false },
        tsdocMetadata: { enabled: false },
        dtsRollup: { enabled: true, untrimmedFilePath: resolve(root, `dist/${name}.d.ts`) },
        messages: {
          extractorMessageReporting: { default: { logLevel: 'none' } },
          tsdocMessageReporting: { default: { logLevel: 'none' } },
        },
      },
    }),
    { localBuild: true, messageCallback: (message) => (message.handled ||= message.logLevel === 'info') },
  );
  if (!isWritten) throw new Error(`API Extractor could not write the declarations of objgraph/${name}`);
}

// The matchers extend the test runners' own types, which API Extractor would drop: their declarations stay files of their own.
const matchers = resolve(root, 'dist/matchers');
mkdirSync(matchers, { recursive: true });
const write = (name, extension) => {
  const text = readFileSync(resolve(declarations, `shared/matchers/${name}.d.ts`), 'utf8');
  const imports = text.replaceAll(/(?<=from '\.\/[\w-]+)\.ts'/g, `.${extension}'`);
  writeFileSync(resolve(matchers, `${name}.d.${extension.replace('js', 'ts')}`), imports);
};
for (const name of ['vitest', 'node-test', 'find-leaks', 'leak-sites']) write(name, 'js');
for (const name of ['jest', 'find-leaks', 'leak-sites']) write(name, 'cjs');
rmSync(declarations, { recursive: true });
