// The pieces that the protocol's schemas are made of. Each has the sentence that refuses a wrong value; `%` in it becomes the
// name of the parameter.
import * as v from 'valibot';

/** What one request takes and gives. The page trusts what main answers; tests check it. */
export interface RequestSchema {
  params: v.GenericSchema;
  result: v.GenericSchema;
}

export type Declared<R extends Record<string, RequestSchema>> = {
  [M in keyof R]: { params: v.InferOutput<R[M]['params']>; result: v.InferOutput<R[M]['result']> };
};

const needsText = 'The request needs %, a text';

/** The sentence of the first issue of a value, with the parameter's name in it. */
export function refusalOf({ message, path }: v.BaseIssue<unknown>): string {
  const keys = path?.map(({ key }) => key).filter((key) => typeof key === 'string') ?? [];
  return message.replace('%', keys.at(-1) ?? 'the request');
}

/** Like valibot's, but a missing entry is refused by the words of its own schema. */
/* @__NO_SIDE_EFFECTS__ */
export function object<const E extends v.ObjectEntries>(entries: E) {
  const wordsFor = (key: string) =>
    v.safeParse(entries[key], undefined).issues?.[0].message ?? `The request needs ${key}`;
  return v.object(entries, ({ path }) => {
    if (path) return wordsFor(String(path[0].key));
    const [first] = Object.keys(entries);
    return wordsFor(first).replace('%', first);
  });
}

/** One of several objects, distinguished by one of their entries. */
/* @__NO_SIDE_EFFECTS__ */
export function variant<K extends string, const O extends v.VariantOptions<K>>(key: K, options: O) {
  const literals = (options as readonly { entries: Record<string, { literal?: string }> }[]).map(
    ({ entries }) => entries[key].literal,
  );
  const choices = [...new Set(literals)].join(', ');
  return v.variant(key, options, ({ path, input }) =>
    path && typeof input === 'string' ? `% is one of ${choices}` : needsText.replace('%', key),
  );
}

/* @__NO_SIDE_EFFECTS__ */
export const text = (maxLength = Infinity) =>
  v.pipe(v.string(needsText), v.maxLength(maxLength, `% is longer than ${maxLength} characters`));

/* @__NO_SIDE_EFFECTS__ */
export const choice = <const C extends readonly string[]>(choices: C) =>
  v.picklist(choices, ({ input }) =>
    typeof input === 'string' ? `% is one of ${choices.join(', ')}` : needsText,
  );

/* @__NO_SIDE_EFFECTS__ */
export const wholeNumber = (min = 0, max = Number.MAX_SAFE_INTEGER) => {
  const words = `% is a whole number from ${min} to ${max}`;
  return v.pipe(v.number(words), v.safeInteger(words), v.minValue(min, words), v.maxValue(max, words));
};

/* @__NO_SIDE_EFFECTS__ */
export const number = (min = -Number.MAX_VALUE, max = Number.MAX_VALUE) => {
  const words = `% is a number from ${min} to ${max}`;
  return v.pipe(v.number(words), v.finite(words), v.minValue(min, words), v.maxValue(max, words));
};

/* @__NO_SIDE_EFFECTS__ */
export const wholeNumbers = (maxCount: number) =>
  v.pipe(
    v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), '% is a list of whole numbers'),
    v.maxLength(maxCount, `% has more than ${maxCount} numbers`),
  );

/* @__NO_SIDE_EFFECTS__ */
export const list = <const S extends v.GenericSchema>(item: S, maxCount: number) =>
  v.pipe(v.array(item, '% is a list'), v.maxLength(maxCount, `% has more than ${maxCount} entries`));

export const flag = v.boolean('% is true or false');

/** Nothing is asked, or nothing is answered: what a request without parameters is sent with does not matter. */
export const nothing = v.pipe(
  v.unknown(),
  v.transform(() => null),
);

/** A request that is answered at once: what becomes of it comes as an event. */
/* @__NO_SIDE_EFFECTS__ */
export const acknowledged = <const P extends v.GenericSchema>(params: P) => ({ params, result: v.null() });

const maxPathLength = 4096;

export const path = v.pipe(text(maxPathLength), v.nonEmpty('The path is empty'));
export const fileName = text(4096);

/** A file for the page to save; `data` is base64, and null where the host has saved it. */
export const savedFile = v.object({ name: v.string(), data: v.nullable(v.string()) });
