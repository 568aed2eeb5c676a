// objgraph_js.py in a real Python: the same objects as in the pictures of the real objgraph.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const python = '/usr/bin/python3';
const cli = resolve('dist/cli.js');
const helper = execFileSync(process.execPath, [cli, 'python-helper'], { encoding: 'utf8' }).trim();
const folder = mkdtempSync(join(tmpdir(), 'objgraph-helper-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const program = `
import io, sys, objgraph, objgraph_js
class Session:
    def __init__(self, name): self.name = name; self.friends = []
class Store:
    def __init__(self): self.sessions = {}
store = Store()
for i in range(3): store.sessions['user%d' % i] = Session('user%d' % i)
session = store.sessions['user1']
`;

function run(code: string): { output: string; error: string } {
  const file = join(folder, 'program.py');
  writeFileSync(file, program + code);
  const env = {
    ...process.env,
    PYTHONPATH: dirname(helper),
    OBJGRAPH_NODE: process.execPath,
    TMPDIR: folder,
  };
  try {
    return { output: execFileSync(python, [file], { encoding: 'utf8', env, stdio: 'pipe' }), error: '' };
  } catch (error) {
    return { output: '', error: (error as { stderr: string }).stderr };
  }
}

const written = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('a Python program draws', () => {
  it('what refers to an object, back to its module', () => {
    run(`objgraph_js.show_backrefs(session, max_depth=4, filename='${folder}/back.svg')`);
    const svg = written('back.svg');
    for (const text of ['Session', 'user1', 'Store', 'sessions', '__main__']) expect(svg).toContain(text);
  });

  it('what an object refers to, as DOT text for a file of its own', () => {
    const { output } = run(
      `text = io.StringIO(); objgraph_js.show_refs(store, output=text); print(text.getvalue())`,
    );
    expect(output).toMatch(/^digraph/);
    expect(output.match(/Session/g)!.length).toBeGreaterThanOrEqual(3);
    // A dictionary by its length, a class by its name.
    expect(output).toMatch(/<B>dict<\/B>[^<]*(?:<[^B][^>]*>[^<]*)*3 items/);
    expect(output).toMatch(/<B>type<\/B>[^<]*(?:<[^B][^>]*>[^<]*)*__main__\.Store/);
  });

  it('a chain of the real objgraph, and nothing besides', () => {
    run(`chain = objgraph.find_backref_chain(session, objgraph.is_proper_module)
objgraph_js.show_chain(chain, filename='${folder}/chain.dot')`);
    const dot = written('chain.dot');
    expect(dot).toContain('user1');
    expect(dot).not.toContain('user0');
    expect(dot).not.toContain('user2');
  });

  it('what has grown since the last look', () => {
    const { output } = run(`objgraph_js.growth_report()
for i in range(500): store.sessions['more%d' % i] = Session('more%d' % i)
objgraph_js.growth_report()`);
    expect(output).toContain('The first look');
    expect(output).toMatch(/500.*__main__\.Session/);
    // Neither its own objects nor its own files.
    expect(output).not.toContain('objgraph_js');
  });

  it('and leaves no file behind', () => {
    expect(readdirSync(folder).filter((name) => name.startsWith('objgraph-'))).toEqual([]);
  });
});

describe('what functions of the program say', () => {
  const draw = (options: string) => {
    const { output, error } = run(
      `text = io.StringIO(); objgraph_js.show_refs(store, max_depth=3, output=text, ${options}); print(text.getvalue())`,
    );
    expect(error).toBe('');
    return output;
  };

  it('filter leaves objects out, and what only they lead to', () => {
    const dot = draw("filter=lambda o: getattr(o, 'name', '') != 'user1'");
    expect(dot).toContain('user0');
    expect(dot).toContain('user2');
    expect(dot.match(/<B>[^<]*Session<\/B>/g)).toHaveLength(2);
  });

  it('highlight, extra_info, refcounts and extra_node_attrs are drawn', () => {
    const plain = draw('too_many=11');
    const dot = draw(
      "highlight=lambda o: isinstance(o, Session), extra_info=lambda o: 'told of ' + type(o).__name__, refcounts=True, extra_node_attrs=lambda o: {'URL': 'obj:' + type(o).__name__}",
    );
    expect(dot.match(/told of Session/g)).toHaveLength(3);
    expect(dot.match(/URL="obj:Session"/g)).toHaveLength(3);
    expect(dot).toMatch(/told of Store/);
    // By the dictionary of the sessions alone; two more hold `session`: the module, and none of ours.
    expect(dot.match(/>1 reference</g)!.length).toBeGreaterThanOrEqual(2);
    expect(dot.match(/>2 references</g)!.length).toBeGreaterThanOrEqual(1);
    const colours = (text: string) => new Set(text.match(/BGCOLOR="#\w+"/g));
    expect(colours(dot)).not.toEqual(colours(plain));
  });

  it('chains have them, too', () => {
    const { output } = run(`text = io.StringIO()
objgraph_js.show_chain([store, store.__dict__, store.sessions, session], extra_info=lambda o: 'told', output=text)
print(text.getvalue())`);
    expect(output.match(/>told</g)!.length).toBeGreaterThanOrEqual(2);
  });
});

it("is drawn when Python's objgraph is asked with the same options", () => {
  const { output } = run(`
drawn = []
objgraph_js._objgraph = lambda *args: drawn.append((args[0], open(args[args.index('--marks') + 1]).read()))
objgraph.show_backrefs([session], max_depth=2, highlight=lambda o: o is session, extra_info=lambda o: 'told', filter=lambda o: type(o) is not type(sys), refcounts=True)
objgraph.show_refs([session], filename='${folder}/theirs.dot', extra_info=lambda o: 'theirs')
print(drawn[0][0], len(drawn), drawn[0][1].count('told') > 2, drawn[0][1].count('true'))`);
  expect(output.trim().split('\n').at(-1)).toBe('backrefs 1 True 1');
  expect(written('theirs.dot')).toContain('theirs');
});

it.each([
  ['show_refs(None)', 'This NoneType is not in the snapshot: numbers up to 256, None, True, False'],
  ['show_chain()', 'show_chain needs a chain that is not empty'],
  ["show_refs(session, filename='picture.txt')", 'picture.txt'],
])('%s says why not', (call, message) => {
  expect(run(`objgraph_js.${call}`).error).toContain(message);
});
