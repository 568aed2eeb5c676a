// Graphviz's WebAssembly with all its messages. The package silences warnings and keeps only the last error
// (https://github.com/hpcc-systems/hpcc-js-wasm, main.cpp); here Graphviz writes both as its own program does.
import { Graphviz } from '@hpcc-js/wasm-graphviz';

/** One run of Graphviz inside the WebAssembly. */
export interface Run {
  createFile(path: string, content: string): void;
  layout(dot: string, format: string, engine: string): string;
  delete(): void;
}

interface Module {
  CGraph: new (
    name: string,
    directed: number,
    strict: number,
  ) => {
    read(dot: string): boolean;
    /** A JSON list. */
    nodeNames(): string;
    delete(): void;
  };
  CGraphviz: { new (invert: number, nop: number): Run; lastError(): string };
  HEAPU8: Uint8Array;
}

export interface GraphvizInstance {
  /** Whether it has laid a graph out. */
  readonly used: boolean;
  /** `nop` 2 keeps the positions that the graph has. */
  run(nop: 0 | 2): Run;
  /** The names of the nodes of a graph, in the order in which Graphviz draws them: that of the text. */
  nodeNames(dot: string): string[];
  /** The messages of the last run, a line each. */
  takeMessages(): string[];
}

let instance: Promise<GraphvizInstance> | null = null;

export function loadGraphviz(): Promise<GraphvizInstance> {
  return (instance ??= createInstance());
}

/** After an error Graphviz may be in disorder: the next load makes a new one. */
export function forgetGraphviz(): void {
  Graphviz.unload();
  instance = null;
}

async function createInstance(): Promise<GraphvizInstance> {
  let lines: string[] = [];
  const loading = loadListening((line) => lines.push(line));
  const { _module: module } = (await loading) as unknown as { _module: Module };
  const silencer = findSilencer(module);
  let used = false;
  return {
    get used() {
      return used;
    },
    run(nop) {
      used = true;
      lines = [];
      const run = new module.CGraphviz(0, nop);
      if (silencer !== null) new Int32Array(module.HEAPU8.buffer).fill(0, silencer, silencer + 2);
      return run;
    },
    nodeNames(dot) {
      const graph = new module.CGraph('', 1, 0);
      graph.read(dot);
      const names = JSON.parse(graph.nodeNames()) as string[];
      graph.delete();
      return names;
    },
    takeMessages: () => (silencer === null ? [module.CGraphviz.lastError()].filter(Boolean) : lines),
  };
}

/** Emscripten takes what console.error is at this moment for the module's standard error. */
function loadListening(listener: (line: string) => void): Promise<Graphviz> {
  const { error } = console;
  console.error = listener;
  try {
    return Graphviz.load();
  } finally {
    console.error = error;
  }
}

/**
 * The address of Graphviz's error handler (none at first) and of the level from which it reports (0, warnings): the two
 * neighbouring words of memory that the first run sets to a function and to 1. Null when they are not found.
 */
function findSilencer(module: Module): number | null {
  const words = () => new Int32Array(module.HEAPU8.buffer, 0, 2 ** 18);
  // What any object sets up is not taken for what a run does.
  new module.CGraph('', 1, 0).delete();
  const before = words().slice();
  new module.CGraphviz(0, 0).delete();
  const after = words();
  const found: number[] = [];
  for (let i = 0; i + 1 < before.length; i++) {
    if (before[i] === 0 && before[i + 1] === 0 && after[i] > 1 && after[i + 1] === 1) found.push(i);
  }
  return found.length === 1 ? found[0] : null;
}
