// Writes a picture of a heap as DOT in cards: type, place and size of each object, its primitive fields as rows, a port for a
// field that leads to another card. It is ordinary DOT: Graphviz, exports and the window draw the same.
import { grouped } from '../quantities.ts';
import type { Box, ObjectBox, Picture, PictureEdge, RankDirection } from '../picture/picture.ts';
import { lookOf, quiet, type CardLook } from './card-colors.ts';
import { headingOf } from './card-heading.ts';
import { portsOf, type Ports } from './card-ports.ts';
import { htmlRun, roundedTable } from './html-label.ts';
import { roomForSize, sizeTextOf } from './size-text.ts';
import { quoteLabel as quote } from './tokens.ts';

const small = 9;

/** The DOT text of a picture, ranked as it says. */
export function writeCards(picture: Picture & { rankDirection: RankDirection }): string {
  const ports = portsOf(picture);
  const lines = [
    'digraph ObjectGraph {',
    `  graph[rankdir=${picture.rankDirection}, ranksep=0.45, nodesep=0.2, pad=0.2, fontname="Helvetica", fontsize=11, labelloc=t, labeljust=l, label=<${headingOf(picture)}>];`,
    '  node[shape=plain, fontname="Helvetica", fontsize=11];',
    `  edge[fontname="Helvetica", fontsize=10, fontcolor="${quiet.text}", color="${quiet.line}", penwidth=1.2, arrowsize=0.7];`,
  ];
  // Without a bound, Graphviz's network simplex takes seconds on some graphs of a few hundred objects.
  if (picture.boxes.length > 100) lines.push(`  graph[nslimit=${picture.boxes.length > 300 ? 0.5 : 1}];`);
  const names = new Map(picture.boxes.map((box) => [box.name, box]));
  const hasRoom = picture.hasRoomForSizes === true;
  for (const box of picture.boxes)
    lines.push(boxStatement(box, ports.get(box.name) ?? [], { names, hasRoom }));
  for (const edge of picture.edges) lines.push(edgeStatement(edge, names, ports));
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

/** What a box is written among. */
interface Surroundings {
  names: ReadonlyMap<string, Box>;
  /** Cards have room for their sizes. */
  hasRoom: boolean;
}

function boxStatement(box: Box, ports: PictureEdge[], surroundings: Surroundings): string {
  const { names } = surroundings;
  switch (box.kind) {
    case 'object':
      return `  ${box.name}[label=<${objectTable(box, ports, surroundings)}>${attributesOf(box)}];`;
    case 'group': {
      const title = box.count === 1 ? box.type : `${grouped(box.count)} × ${box.type}`;
      const look = lookOf(box)!;
      const size = sizeCell(box, look, surroundings.hasRoom);
      const head = headRows(look, { title, text: box.text, size }, names.size === 1);
      return severalStatement(box, box.count > 1, [...head, ...placeRow(box, look)]);
    }
    case 'stack': {
      const look = lookOf(box)!;
      const size = sizeCell(box, look, surroundings.hasRoom);
      return severalStatement(box, true, [headRow(look, `+ ${grouped(box.count)} × ${box.type}`, '', size)]);
    }
    case 'rest':
      return `  ${box.name}[shape=box, style="rounded,dashed", color="${quiet.line}", fontcolor="${quiet.text}", height=0.3, margin="0.12,0.05", label=${quote(`+ ${grouped(box.count)} more`)}];`;
    case 'run': {
      const look = lookOf(box)!;
      const note = htmlRun(box.note, { color: look.text, size: small });
      const cells = [
        cell(`${htmlRun(box.label, { color: look.type, isBold: true })}${textAfter(box.text, look)}`),
      ];
      if (note !== '') cells.push(cell(note));
      return `  ${box.name}[label=<${tableOf([`<TR>${cells.join('')}</TR>`], look)}>];`;
    }
  }
}

/** A second line around it says that there are several. */
function severalStatement(box: Box, isSeveral: boolean, rows: string[]): string {
  const look = lookOf(box)!;
  if (!isSeveral) return `  ${box.name}[label=<${tableOf(rows, look)}>];`;
  const table = `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3">${rows.join('')}</TABLE>`;
  return `  ${box.name}[shape=box, style="rounded,filled", peripheries=2, margin="0.06,0.03", height=0, width=0, color="${look.border}", fillcolor="${look.fill}", penwidth=${look.width}, label=<${table}>];`;
}

function objectTable(box: ObjectBox, ports: PictureEdge[], { names, hasRoom }: Surroundings): string {
  const look = lookOf(box)!;
  // Rows say more than a list of keys.
  const text = box.type === 'Object' && box.fields.length > 0 ? '' : box.text;
  const size = sizeCell(box, look, hasRoom);
  const head = headRows(look, { title: box.type, text, size }, names.size === 1);
  const rows = [...head, ...placeRow(box, look)];
  for (const note of box.notes) rows.push(wideRow(htmlRun(note, { color: look.text, size: small })));
  const fields = [
    ...box.fields.map(({ name, value }) =>
      fieldRow(name, htmlRun(value, { color: '#0a3069', size: small, isCode: true }), ''),
    ),
    ...ports.map((edge, port) =>
      fieldRow(edge.label, htmlRun(previewOf(names.get(edge.head)), codeLook), ` PORT="f${port}"`),
    ),
  ];
  if (box.moreFields > 0)
    fields.push(wideRow(htmlRun(`+ ${grouped(box.moreFields)} more`, { color: quiet.text, size: small })));
  if (fields.length > 0)
    rows.push(
      `<TR><TD COLSPAN="2" CELLPADDING="2"><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">${fields.join('')}</TABLE></TD></TR>`,
    );
  return tableOf(rows, look);
}

const codeLook = { color: quiet.text, size: small, isCode: true };

const fieldRow = (name: string, value: string, port: string) =>
  `<TR><TD ALIGN="LEFT">${htmlRun(shortened(name, 20), codeLook)}</TD><TD ALIGN="LEFT"${port}>${value || ' '}</TD></TR>`;

/** What a field refers to, in a word. */
function previewOf(box: Box | undefined): string {
  if (box?.kind !== 'object') return '';
  return shortened(box.type === 'Object' && box.text !== '' ? box.text : box.type, 24);
}

const shortened = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

/** @param size a cell, or none */
function headRow(look: CardLook, title: string, text: string, size: string): string {
  const type = htmlRun(title, { color: look.type, isBold: look.isBold });
  return `<TR>${cell(`${type}${textAfter(text, look)}`)}${size}</TR>`;
}

/** Modules and V8's roots have none. */
function sizeCell(
  { size, isRoot, isV8Root }: { size: number | null; isRoot: boolean; isV8Root: boolean },
  look: CardLook,
  hasRoom: boolean,
): string {
  const text = htmlRun(sizeTextOf(size), { color: sizeColor(look), size: small });
  if (hasRoom && !isRoot && !isV8Root) return `<TD ALIGN="RIGHT" WIDTH="${roomForSize}">${text || ' '}</TD>`;
  return text === '' ? '' : cell(text, 'RIGHT');
}

/** The only card of a picture has its text below: in one line it would be a ribbon. */
function headRows(
  look: CardLook,
  { title, text, size }: { title: string; text: string; size: string },
  isOnly: boolean,
): string[] {
  if (!isOnly || text === '') return [headRow(look, title, text, size)];
  return [headRow(look, title, '', size), wideRow(htmlRun(text, { color: look.text }))];
}

const sizeColor = (look: CardLook) => (look.width > 1 || look.type === '#ffffff' ? look.text : quiet.text);

const textAfter = (text: string, look: CardLook) =>
  text === '' ? '' : ` ${htmlRun(text, { color: look.text })}`;

function placeRow({ place }: { place: string }, look: CardLook): string[] {
  return place === '' ? [] : [wideRow(htmlRun(place, { color: sizeColor(look), size: small, isCode: true }))];
}

const cell = (content: string, align = 'LEFT') => `<TD ALIGN="${align}">${content}</TD>`;
const wideRow = (content: string) => `<TR><TD ALIGN="LEFT" COLSPAN="2">${content}</TD></TR>`;

const tableOf = (rows: string[], { width, border, fill }: CardLook) =>
  roundedTable(rows, { border: width, padding: 4, color: border, background: fill });

function edgeStatement(
  { tail, head, label, edge, count }: PictureEdge,
  names: ReadonlyMap<string, Box>,
  ports: Ports,
): string {
  const port = ports.get(tail)?.findIndex((each) => each.edge === edge && each.head === head) ?? -1;
  const attributes: string[] = [];
  // Spaces keep the label at a distance from the line.
  if (label !== '' && port < 0)
    attributes.push(
      `label=${quote(
        label
          .split('\n')
          .map((line) => `  ${line}  `)
          .join('\n'),
      )}`,
    );
  if (names.get(head)?.kind === 'rest' || names.get(tail)?.kind === 'rest')
    attributes.push('style=dashed', 'arrowsize=0.5');
  else if (count > 1) attributes.push(`penwidth=${(1.2 + Math.log10(count)).toFixed(1)}`);
  const start = port < 0 ? tail : `${tail}:f${port}:e`;
  return `  ${start} -> ${head}${attributes.length > 0 ? ` [${attributes.join(', ')}]` : ''};`;
}

function attributesOf({ attributes }: ObjectBox): string {
  return Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `, ${/^[A-Za-z_]\w*$/.test(name) ? name : quote(name)}=${quote(value)}`)
    .join('');
}
