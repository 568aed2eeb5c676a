/* eslint-disable @typescript-eslint/no-require-imports */
// TypeScript's language service, as editors use it: edits, diagnostics, completions. The leak: a cache of old programs.
const { isPlanted, load } = require('./packages.cjs');

class Revision {
  constructor(version, program) {
    this.version = version;
    this.program = program;
  }
}
const revisions = new Map();
let edit;
exports.steps = 30;
exports.start = () => {
  const ts = load('typescript');
  const files = new Map([['/main.ts', { version: 0, text: '' }]]);
  const host = {
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: (name) => String(files.get(name)?.version ?? 0),
    getScriptSnapshot: (name) => {
      const text = files.get(name)?.text ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => '/',
    getCompilationSettings: () => ({ strict: true, lib: ['lib.es5.d.ts'], noResolve: true, types: [] }),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => files.has(name) || ts.sys.fileExists(name),
    readFile: (name) => files.get(name)?.text ?? ts.sys.readFile(name),
  };
  const service = ts.createLanguageService(host, ts.createDocumentRegistry());
  edit = (i) => {
    files.set('/main.ts', {
      version: i + 1,
      text: `const value: number = ${i};\nvalue.toFixed(${i % 9});\n`,
    });
    service.getSemanticDiagnostics('/main.ts');
    service.getCompletionsAtPosition('/main.ts', 34, {});
    if (isPlanted) revisions.set(i, new Revision(i, service.getProgram()));
  };
};
exports.step = (i) => edit(i);
exports.truth = { holder: /revisions/, type: /^Revision$/ };
