// What a caller has written on objects of a picture: notes, colours of its own, and which are highlighted. Python's objgraph has
// functions for that, which objgraph_js.py calls where the objects are.
import { readFileSync } from 'node:fs';
import type { HeapAnalysis } from '../../shared/heap/analysis.ts';
import type { PictureWords } from '../../shared/picture/words.ts';
import { UsageError } from './run.ts';

interface Mark {
  notes: string[];
  isHighlighted: boolean;
  attributes: Record<string, string>;
}

/**
 * Adds the marks of a file to words: `{ "ID": { "notes": ["3 items"], "highlight": true, "attributes": { "URL": "…" } } }`.
 * @throws UsageError when it is not that
 */
export function withMarks(words: PictureWords, { graph }: HeapAnalysis, file: string): PictureWords {
  const marks = readMarks(file);
  const of = (node: number) => marks.get(graph.nodeIds[node]);
  return {
    ...words,
    notes: (node) => of(node)?.notes ?? [],
    isHighlighted: (node) => of(node)?.isHighlighted ?? false,
    attributes: (node) => of(node)?.attributes ?? {},
  };
}

function readMarks(file: string): Map<number, Mark> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--marks ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(value))
    throw new UsageError(`--marks ${file}: expected an object, with ids of objects as keys`);
  return new Map(Object.entries(value).map(([id, mark]) => [Number(id), readMark(file, id, mark)]));
}

function readMark(file: string, id: string, mark: unknown): Mark {
  if (!/^\d+$/.test(id) || !isRecord(mark))
    throw new UsageError(
      `--marks ${file}: expected an object for each id of an object, and not so for ${id}`,
    );
  const { notes = [], highlight = false, attributes = {} } = mark;
  if (!isList(notes) || typeof highlight !== 'boolean' || !isRecord(attributes))
    throw new UsageError(
      `--marks ${file}: "notes" of ${id} is a list of texts, "highlight" true or false, "attributes" an object of texts`,
    );
  return {
    notes: notes.map(String),
    isHighlighted: highlight,
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, text]) => [name, String(text)])),
  };
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !isList(value);
