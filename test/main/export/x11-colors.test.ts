// Exports have the colours of the window: those of X11, except where SVG's are asked for.
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { renderDot } from '../../../main/export/render.ts';
import { runGraphviz } from '../../../main/workers/graphviz.ts';
import { readXdot } from '../../../shared/dot/read.ts';

// The names that SVG knows (https://www.w3.org/TR/SVG11/types.html#ColorKeywords).
const names =
  'aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray grey green greenyellow honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen'.split(
    ' ',
  );

/** What the window paints. */
async function fillsInWindow(dot: string) {
  const { output } = await runGraphviz({ dot, format: 'xdot', engine: 'dot' });
  const fillOf = (shape?: object) => (shape && 'fill' in shape ? shape.fill : undefined);
  return new Map(readXdot(output).nodes.map((node) => [node.name, fillOf(node.shapes[0])]));
}

it('of every name that SVG knows too', async () => {
  const filled = (name: string, color: string) => `"${name}" [style=filled fillcolor="${color}"]`;
  const inSvg = await fillsInWindow(
    `graph { ${names.map((name) => filled(name, `/svg/${name}`)).join('\n')} }`,
  );
  const dot = `graph { ${names.map((name) => filled(name, name)).join('\n')} }`;
  const inWindow = await fillsInWindow(dot);
  const svg = String((await renderDot(dot, { format: 'svg' })).data);
  const exported = new Map(
    [...svg.matchAll(/<title>(\w+)<\/title>\s*<ellipse fill="([^"]+)"/g)].map(([, name, color]) => [
      name,
      color.startsWith('#') ? color : inSvg.get(color),
    ]),
  );
  expect(exported.size).toBe(names.length);
  expect(Object.fromEntries(exported)).toEqual(Object.fromEntries(inWindow));
});

it('in lines, letters and gradients, and nowhere else', async () => {
  const said = 'fill=\\"green\\" stop-color:green';
  const dot = `graph { a [label="${said}" style=filled color=Maroon fontcolor=grey fillcolor="green:red"] a -- b [color=purple] }`;
  const svg = String((await renderDot(dot, { format: 'svg' })).data);
  expect(svg).toMatch(/stop-color:#00ff00;/);
  for (const color of ['stroke="#b03060"', 'fill="#c0c0c0"', 'stroke="#a020f0"'])
    expect(svg).toContain(color);
  expect(svg).toMatch(/>fill=(?:"|&quot;)green(?:"|&quot;) stop&#45;color:green</);
});

it('of the first of several, where only one is drawn', async () => {
  const dot = `graph { a [color="gray:red" fontcolor="blue:red" label="fill=\\"x:y\\""]; b [style=filled fillcolor="red:blue"]
    a -- b [style=tapered color="red:blue"]; b -- c [color="red:blue"] }`;
  const svg = String((await renderDot(dot, { format: 'svg' })).data);
  expect(svg).toMatch(/<ellipse fill="none" stroke="#c0c0c0"/);
  expect(svg).toMatch(/<text [^>]*fill="blue">fill=(?:"|&quot;)x:y(?:"|&quot;)</);
  expect(svg).toMatch(/<ellipse fill="url\(#[^"]*\)" stroke="black"/);
  expect(svg).toMatch(/a&#45;&#45;b<\/title>\s*<polygon fill="red" stroke="none"/);
  expect(svg).toMatch(
    /b&#45;&#45;c<\/title>\s*<path fill="none" stroke="red"[^>]*>\s*<path fill="none" stroke="blue"/,
  );
  expect(svg).not.toMatch(/<[^>]*"[a-z]+:[a-z]+"/);
});

it('unless the graph wants those of SVG', async () => {
  const dot = 'graph { node [colorscheme=svg]; a [style=filled fillcolor=green] }';
  expect(String((await renderDot(dot, { format: 'svg' })).data)).toContain('fill="green"');
  expect((await fillsInWindow(dot)).get('a')).toBe('#008000');
});

it('unless a part of it does, and there alone', async () => {
  const dot = `graph { a [style=filled fillcolor=green]; b [style=filled colorscheme=svg fillcolor=green]
    c [style=filled fillcolor="/svg/gray"]; d [style=filled fillcolor=gray]; a -- b [color=purple]; c -- d [colorscheme=svg color=purple]
    subgraph cluster_e { colorscheme=svg; bgcolor=maroon; e } subgraph cluster_f { bgcolor=maroon; f } }`;
  const svg = String((await renderDot(dot, { format: 'svg' })).data);
  const colorOf = (title: string) =>
    new RegExp(`<title>${title}</title>[^]*?(?:fill|stroke)="(?!none)([^"]*)"`).exec(svg)?.[1];
  expect(['a', 'b', 'c', 'd', 'a&#45;&#45;b', 'c&#45;&#45;d', 'cluster_e', 'cluster_f'].map(colorOf)).toEqual(
    [...['#00ff00', 'green', '#808080', '#c0c0c0', '#a020f0', 'purple', 'maroon', '#b03060']],
  );
});

it('in png', async () => {
  const dot = 'graph { bgcolor=green }';
  const { data } = PNG.sync.read(Buffer.from((await renderDot(dot, { format: 'png' })).data));
  expect([...data.subarray(0, 3)]).toEqual([0, 255, 0]);
});
