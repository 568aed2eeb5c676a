// The fields of an object in a snapshot beside those that it has now. A change is stated only where both values are known.
import type { ComparedField, FieldChange } from '../../shared/protocol/targets.ts';
import type { SnapshotFields, SnapshotValue } from '../heap/snapshot-fields.ts';
import type { LiveField, LiveFields } from '../targets/live-expression.ts';

/**
 * Whether a snapshot has this text as it is: V8 writes code points beyond 16 bits by their lower half, halves of them as question
 * marks and NUL as a space. Source: V8, HeapSnapshotJSONSerializer::SerializeString and StringsStorage.
 */
const isWritable = (text: string) => !/[\0\ud800-\udfff]/.test(text);

export function compareFields(before: SnapshotFields, now: LiveFields): ComparedField[] {
  const seen = new Map<string, number>();
  for (const { name } of now.fields) seen.set(name, (seen.get(name) ?? 0) + 1);
  const compared = now.fields.map((field): ComparedField => {
    const { name, description, id } = field;
    const old = field.role === 'internal' || seen.get(name)! > 1 ? undefined : before.fields.get(name);
    return {
      name,
      before: old ? { text: printed(old), id: old.id } : null,
      now: { text: description, id },
      change: old ? changeOf(old, field) : isNew(field, before) ? 'added' : null,
    };
  });
  if (!now.isComplete) return compared;
  const areNamesWritable = now.fields.every(({ name }) => isWritable(name));
  for (const [name, old] of before.fields) {
    // Symbols may be V8's own, which no debugger shows.
    if (seen.has(name) || name.startsWith('Symbol(')) continue;
    // It may be the name of a living field, as a snapshot has it.
    if (!areNamesWritable && !/^[!-~]*$/.test(name)) continue;
    compared.push({ name, before: { text: printed(old), id: old.id }, now: null, change: 'removed' });
  }
  return compared;
}

const printed = ({ kind, text, isWhole }: SnapshotValue) =>
  kind === 'string' && isWhole ? JSON.stringify(text) : text;

/** An object that is newer than the snapshot was in no field of it. */
function isNew({ type, id, role }: LiveField, { lastId }: SnapshotFields): boolean {
  const isObject = type === 'object' || type === 'function';
  return role === 'own' && isObject && (id === null || id > lastId);
}

function changeOf(old: SnapshotValue, { type, id, text }: LiveField): FieldChange | null {
  const isObject = type === 'object' || type === 'function';
  switch (old.kind) {
    case 'object':
      if (type === 'accessor') return null;
      if (isObject && old.id === null) return null;
      return isObject && id === old.id ? 'same' : 'changed';
    case 'string':
      if (type !== 'string') return type === 'accessor' ? null : 'changed';
      if (!old.isWhole) return null;
      if (text === old.text) return 'same';
      return isWritable(text ?? '') ? 'changed' : null;
    case 'number':
      if (type !== 'number') return type === 'accessor' ? null : 'changed';
      if (!old.isWhole) return null;
      return text === old.text || Number(text) === Number(old.text) ? 'same' : 'changed';
    case 'other':
      return isObject || type === 'string' || type === 'number' ? 'changed' : null;
  }
}
