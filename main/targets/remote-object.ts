// A value in a target, as the inspector describes it, in words. Protocol: Runtime.RemoteObject.
import { asFields, asList, asText, optional } from './reply.ts';

export interface RemoteObject {
  type: string;
  subtype?: string;
  className?: string;
  value?: unknown;
  unserializableValue?: string;
  description?: string;
  objectId?: string;
  preview?: ObjectPreview;
}

interface ObjectPreview {
  type: string;
  subtype?: string;
  description?: string;
  overflow: boolean;
  properties: { name: string; type: string; subtype?: string; value?: string }[];
  entries?: { key?: ObjectPreview; value: ObjectPreview }[];
}

/** @throws MalformedReplyError */
export function asRemote(value: unknown): RemoteObject {
  const fields = asFields(value);
  const text = (name: string) => optional(fields[name], asText);
  return {
    type: asText(fields.type),
    subtype: text('subtype'),
    className: text('className'),
    value: fields.value,
    unserializableValue: text('unserializableValue'),
    description: text('description'),
    objectId: text('objectId'),
    preview: optional(fields.preview, asPreview),
  };
}

function asPreview(value: unknown): ObjectPreview {
  const { type, subtype, description, overflow, properties, entries } = asFields(value);
  return {
    type: asText(type),
    subtype: optional(subtype, asText),
    description: optional(description, asText),
    overflow: overflow === true,
    // V8 leaves them out where an entry is previewed no further.
    properties: asList(properties ?? [], asPreviewedProperty),
    entries: optional(entries, (list) =>
      asList(list, (entry) => {
        const { key, value: entryValue } = asFields(entry);
        return { key: optional(key, asPreview), value: asPreview(entryValue) };
      }),
    ),
  };
}

function asPreviewedProperty(value: unknown): ObjectPreview['properties'][number] {
  const property = asFields(value);
  return {
    name: asText(property.name),
    type: asText(property.type),
    subtype: optional(property.subtype, asText),
    value: optional(property.value, asText),
  };
}

const longestText = 10_000;

/** `string`, `number`, `null`, or an object's class. */
export function typeOfRemote({ type, subtype, className }: RemoteObject): string {
  return className ?? subtype ?? type;
}

/** As a console prints it: `"text"`, `42`, `Map(1) {"a" => User}`, an error with its stack. */
export function describeRemote({
  type,
  subtype,
  value,
  unserializableValue,
  description,
  preview,
}: RemoteObject): string {
  if (type === 'string') return JSON.stringify(cut(asText(value)));
  if (type === 'undefined') return 'undefined';
  if (subtype === 'null') return 'null';
  if (type === 'function') return cut(description ?? '', 100);
  if (subtype === 'error' || !preview) return cut(description ?? unserializableValue ?? String(value));
  return cut(describePreview(preview, description ?? ''));
}

function describePreview(
  { properties, entries, overflow, subtype }: ObjectPreview,
  description: string,
): string {
  const isList = subtype === 'array' || subtype === 'typedarray';
  const parts = entries
    ? entries.map(({ key, value }) => (key ? `${previewed(key)} => ${previewed(value)}` : previewed(value)))
    : properties.map((property) => {
        const text = previewed({ ...property, description: property.value });
        return isList && /^\d+$/.test(property.name) ? text : `${property.name}: ${text}`;
      });
  if (parts.length === 0 && !overflow) return description === 'Object' ? '{}' : description;
  const inner = [...parts, ...(overflow ? ['…'] : [])].join(', ');
  if (isList) return `${description} [${inner}]`;
  return description === 'Object' ? `{${inner}}` : `${description} {${inner}}`;
}

function previewed({ type, description }: { type: string; description?: string }): string {
  if (type === 'string') return JSON.stringify(description ?? '');
  if (type === 'function') return 'ƒ';
  if (type === 'accessor') return '(getter)';
  return description ?? type;
}

function cut(text: string, longest = longestText): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
