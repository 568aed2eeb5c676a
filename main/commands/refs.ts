// `objgraph refs` and `objgraph backrefs`: a picture of what objects refer to, or of what refers to them.
import { writePicture } from '../../shared/dot/write-picture.ts';
import { mergeReferences, mergeReferrers } from '../../shared/heap/merge.ts';
import type { MergedGraph } from '../../shared/heap/merged-graph.ts';
import type { Direction } from '../../shared/heap/selection.ts';
import { pictureAround, pictureOfMerged } from '../../shared/picture/draw-picture.ts';
import { flag, readArguments, text, texts } from './arguments.ts';
import { checkChoice, chosenNodes } from './choice.ts';
import { sourceHelp, type Command } from './command.ts';
import { printJson } from '../terminal.ts';
import { readHeaps } from './heaps.ts';
import { readCount } from './options.ts';
import {
  checkPictureOutput,
  outputHelp,
  pictureWords,
  presentPicture,
  readStyle,
  styleHelp,
} from './picture.ts';
import { withMarks } from './picture-marks.ts';
import { UsageError, warn } from './run.ts';
import { formatCount } from './text-table.ts';

const help = (name: string, what: string, merged: string): string => `\
Usage: objgraph ${name} SOURCE (--id ID ... | --type NAME) [--max-depth N] [--too-many N]
       [--merge | --no-merge | --between] [--marks FILE] [--style STYLE] [--json | -o FILE]

Draws ${what}.

      --id ID                     the object with this id; may be given several times
      --type NAME                 the objects of a class: of more than --too-many, those that retain the most
      --max-depth N               steps away from them (default 3; 5 when merged)
      --too-many N                boxes drawn per object (default 10; 5 when merged); the rest is counted
      --merge                     all objects of the class in a few boxes: ${merged}, merged by class and by
                                  the name of the reference, with counts and bytes
      --no-merge                  one box per object${name === 'backrefs' ? ' (several objects are merged by default)' : ''}
      --between                   these objects alone, and the references between them: a chain, for example
      --marks FILE                JSON: notes, Graphviz attributes and a highlight for objects, by their ids; see docs/json.md
${styleHelp}      --json                      the boxes of --merge for programs; see docs/json.md
${outputHelp}
${sourceHelp}`;

export const refs: Command = {
  help: help('refs', 'what objects refer to', 'what they refer to'),
  run: (args) => draw(args, 'references', mergeReferences),
};

export const backrefs: Command = {
  help: help(
    'backrefs',
    'what refers to objects, back to modules and the global object',
    'what refers to them',
  ),
  run: (args) => draw(args, 'referrers', mergeReferrers),
};

async function draw(args: string[], direction: Direction, merge: typeof mergeReferences): Promise<void> {
  const { values, positionals } = readArguments(args, {
    id: texts,
    type: text,
    'max-depth': text,
    'too-many': text,
    merge: flag,
    between: flag,
    'no-merge': flag,
    marks: text,
    style: text,
    json: flag,
    output: { ...text, short: 'o' },
  });
  checkChoice(values);
  if (values.json && values.output !== undefined)
    throw new UsageError('--json and -o are two different outputs');
  if (values.merge && values['no-merge']) throw new UsageError('--merge and --no-merge exclude each other');
  if (values.merge && values.between) throw new UsageError('--merge and --between exclude each other');
  if (values.merge && values.marks !== undefined)
    throw new UsageError('--merge and --marks exclude each other');
  if (values.json && !values.merge)
    throw new UsageError('--json prints what --merge draws: give both, or ask chain about one object');
  const style = readStyle(values.style);
  const maxDepth = readCount('max-depth', values['max-depth'], null);
  const tooMany = readCount('too-many', values['too-many'], null, 1);
  checkPictureOutput(values.output);
  const [heap] = await readHeaps(positionals);
  const nodes = chosenNodes(heap, values);
  const { analysis } = heap;
  const plainWords = pictureWords(analysis, style);
  const words = values.marks === undefined ? plainWords : withMarks(plainWords, analysis, values.marks);
  if (
    values.merge ??
    (direction === 'referrers' && nodes.length > 1 && !values['no-merge'] && !values.between && !values.marks)
  ) {
    const bounds = { maxDepth: maxDepth ?? 5, tooMany: tooMany ?? 5, folder: process.cwd() };
    const merged = merge(analysis, nodes, bounds);
    if (values.json) return printJson(records(merged, (node) => analysis.graph.nodeIds[node]));
    return presentPicture(writePicture(pictureOfMerged(analysis, merged, style, words)), values.output, null);
  }
  // What was asked for one by one is drawn, however much it is.
  const most = values.id ? nodes.length : (tooMany ?? 10);
  const isDrawn = new Set(nodes);
  const options = {
    style,
    direction,
    maxDepth: maxDepth ?? (values.between ? 1 : 3),
    tooMany: tooMany ?? (values.between ? nodes.length : 10),
    accepts: values.between ? (node: number) => isDrawn.has(node) : () => true,
  };
  const picture = pictureAround(analysis, nodes.slice(0, most), options, words);
  await presentPicture(writePicture(picture), values.output, analysis);
  if (nodes.length > most)
    warn('objgraph', [
      `of ${formatCount(nodes.length)} objects, the ${most} that retain the most are drawn (see --too-many and --merge)`,
    ]);
}

function records({ nodes, edges }: MergedGraph, idOf: (node: number) => number): object {
  return {
    groups: nodes.map(({ className, description, count, bytes, depth, example, isRoot, skipped }) => ({
      type: className,
      name: description,
      count,
      retainedSize: bytes,
      id: idOf(example),
      depth,
      isRoot,
      skipped,
    })),
    references: edges.map(({ owner, target, label, count, bytes }) => ({
      from: owner,
      to: target,
      name: label,
      count,
      retainedSize: bytes,
    })),
  };
}
