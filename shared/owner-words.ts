// How a reader calls the owners of code, per language: commands, tables and maps use the same words.

export interface OwnerWord {
  title: string;
  /** Where such code is written. */
  hint: string;
}

export interface OwnerWords {
  yours: OwnerWord;
  package: OwnerWord;
  /** What comes with the runtime, written in the language itself. */
  internal: OwnerWord;
  /** Both that and what the language is made of, where they are one choice. */
  runtime: OwnerWord;
  builtIn: OwnerWord;
}

export const ownerWords: Readonly<Record<'javascript' | 'python', OwnerWords>> = {
  javascript: {
    yours: { title: 'Yours', hint: 'written outside of node_modules' },
    package: { title: 'Packages', hint: 'written in node_modules' },
    internal: { title: 'Node and V8', hint: 'of the runtime' },
    runtime: { title: 'Node and V8', hint: 'of the runtime and of the language' },
    builtIn: { title: 'Built-in types', hint: 'Maps, arrays, strings that no script’s object retains alone' },
  },
  python: {
    yours: { title: 'Yours', hint: 'written outside of site-packages and the standard library' },
    package: { title: 'Site-packages', hint: 'written in site-packages' },
    internal: { title: 'Standard library', hint: 'written in the standard library' },
    runtime: { title: 'Python', hint: 'of the standard library and of the interpreter' },
    builtIn: { title: 'Interpreter', hint: 'dicts, lists, strings that no module’s object retains alone' },
  },
};
