// Snapshots call a DOM node by its open tag: `<div id="dlg" class="modal open" data-testid="confirm">`. A developer looks
// for `[data-testid="confirm"]`, `#dlg` or `div.modal.open`.

const maxClasses = 3;
const attribute = /\s([^\s=">]+)(?:="([^"]*)")?/g;
/** A name that a selector can contain without escapes. */
const plain = /^-?[\w\u00a0-\uffff][\w\u00a0-\uffff-]*$/;

/**
 * A selector of the node that a snapshot calls so, as a test would write it; other names are returned as they are.
 *
 * @example
 * selectorOf('<div class="modal dialog-big">'); // 'div.modal.dialog-big'
 */
export function selectorOf(name: string): string {
  const tag = /^<([^\s>]+)/.exec(name)?.[1];
  if (tag === undefined) return name;
  const attributes = new Map<string, string>();
  for (const [, key, value = ''] of name.slice(tag.length + 1).matchAll(attribute))
    attributes.set(key, value);
  const testId = ['data-testid', 'data-test-id', 'data-test', 'data-cy'].find((key) => attributes.get(key));
  if (testId !== undefined) return `[${testId}="${attributes.get(testId)!}"]`;
  const id = attributes.get('id');
  if (id && plain.test(id)) return `${tag}#${id}`;
  const classes = (attributes.get('class') ?? '').split(/\s+/).filter((each) => plain.test(each));
  const label = attributes.get('aria-label');
  const role = attributes.get('role');
  if (classes.length > 0) return [tag, ...classes.slice(0, maxClasses)].join('.');
  if (role) return `${tag}[role="${role}"]${label ? `[aria-label="${label}"]` : ''}`;
  const named = attributes.get('name') ?? attributes.get('type');
  return named ? `${tag}[${attributes.has('name') ? 'name' : 'type'}="${named}"]` : tag;
}
