// A session at a prompt: ten pictures by the library, each closed before the next, and ten by Python's objgraph with xdot. From
// the line that is entered to the picture on the screen; the programs take turns. The time until the picture is written has its
// own column: with a callback, the library analyses V8's snapshot of the whole heap in it; without one, it walks a few references,
// as Python's objgraph does, and takes its snapshot while the viewer paints. The next line is entered when the prompt is back.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Desktop, root, until } from '../../../build/scripts/desktop.mjs';
import { median } from './figures.mjs';
import { isSubject, Screen } from './screen.mjs';

/** A tree of so many objects, of three a step; in both languages. Some of it has the colour that is looked for. */
const inNode = (nodes, options) => `
  const objgraph = require(${JSON.stringify(join(root, 'dist/index.cjs'))});
  class Part {}
  const parts = [new Part()];
  for (let i = 1; i < ${nodes}; i++) parts.push(parts[(i - 1) / 3 | 0]['part' + i % 3] = new Part());
  const draw = () => objgraph.showRefs([parts[0]], { maxDepth: 9, ${options} });
  process.stdout.write('ready\\n');
`;

const inPython = (nodes) => `
import objgraph, sys
class Part: __slots__ = ('part0', 'part1', 'part2')

parts = [Part()]
for i in range(1, ${nodes}):
    parts.append(Part()); setattr(parts[(i - 1) // 3], 'part%d' % (i % 3), parts[i])

draw = lambda: objgraph.show_refs([parts[0]], max_depth=9, filter=lambda x: isinstance(x, Part), extra_node_attrs=lambda x: {'color': '#ff00ff', 'penwidth': '9'})
print('ready', flush=True)
`;

/** A program that reads what is entered. */
class Prompt {
  #child;
  #output = '';

  constructor(desktop, program, args, env, dialect = ['', '']) {
    /** What differs in a line that prints. */
    this.dialect = dialect;
    this.#child = spawn(program, args, {
      cwd: desktop.folder,
      env: { ...desktop.env, ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#child.stdout.on('data', (text) => (this.#output += text));
  }

  enter(line) {
    this.#output = '';
    this.#child.stdin.write(`${line}\n`);
  }

  /** Resolves when it has printed something. */
  printed(words) {
    return until(`“${words}”`, () => this.#output.includes(words), { every: 2 });
  }

  end() {
    this.#child.kill();
  }
}

/** As the button of its frame does. */
const closeWindows = join(import.meta.dirname, 'close-windows.py');

async function closeWindow(desktop, screen) {
  desktop.spawn('/usr/bin/python3', closeWindows);
  await until('an empty screen', () => !screen.showsMarker());
}

/** @returns milliseconds until the viewer had the picture, until it was there, and until the prompt was back */
async function call(desktop, screen, prompt) {
  const began = performance.now();
  const since = () => performance.now() - began;
  prompt.enter('draw(); process.stdout.write("done\\n")'.replace(...prompt.dialect));
  const written = prompt.printed('Graph written').then(since);
  const back = prompt.printed('done').then(since);
  const time = await screen.paintedAfter(began);
  await closeWindow(desktop, screen);
  return { time, written: await written, back: await back };
}

/** @returns by nodes: the medians of calls 2 to `calls` of the two */
export async function measureSession({ sizes, calls, log }) {
  const results = [];
  const ways = {
    walked: ['', isSubject],
    callback: ["extraNodeAttrs: () => ({ color: '#ff00ff' })", isSubject],
  };
  for (const [nodes, [way, [options, isMarker]]] of sizes.flatMap((nodes) =>
    Object.entries(ways).map((each) => [nodes, each]),
  )) {
    const desktops = [await Desktop.start(), await Desktop.start()];
    desktops[0].env.OBJGRAPH_VIEWER_LINGER = '300';
    const screens = [new Screen(desktops[0].framebuffer, isMarker), new Screen(desktops[1].framebuffer)];
    const prompts = [
      new Prompt(desktops[0], process.execPath, ['-i'], {}),
      new Prompt(desktops[1], '/usr/bin/python3', ['-i', '-q', '-u'], { PYTHONUNBUFFERED: '1' }, [
        /process.*/,
        'print("done")',
      ]),
    ];
    try {
      const texts = [inNode(nodes, options), inPython(nodes)];
      for (const [i, prompt] of prompts.entries()) {
        prompt.enter(texts[i]);
        await prompt.printed('ready');
      }
      const runs = { viewer: [], xdot: [] };
      for (let i = 0; i < calls; i++)
        for (const [at, name] of Object.keys(runs).entries()) {
          runs[name].push(await call(desktops[at], screens[at], prompts[at]));
          log(`session, ${nodes} nodes, ${way}, call ${i + 1}, ${name}`, runs[name].at(-1));
        }
      const later = ([, ...rest]) => ({
        time: Math.round(median(rest.map(({ time }) => time))),
        written: Math.round(median(rest.map(({ written }) => written))),
        back: Math.round(median(rest.map(({ back }) => back))),
      });
      results.push({ nodes, way, viewer: later(runs.viewer), xdot: later(runs.xdot) });
    } finally {
      prompts.forEach((prompt) => prompt.end());
      screens.forEach((screen) => screen.close());
      await Promise.all(desktops.map((desktop) => desktop.close()));
    }
  }
  return results;
}
