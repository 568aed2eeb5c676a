// objgraph's own names, for those who come from its documentation. Options may be spelt its way as well (`max_depth`).
import { byType, mostCommonTypes } from './census.ts';
import { findBackrefChain, findRefChain, isProperModule } from './chains.ts';
import { atAddrs, getLeakingObjects, getNewIds } from './ids.ts';
import { showBackrefs, showChain, showRefs } from './show.ts';
import { showGrowth, showMostCommonTypes } from './tables.ts';

/** objgraph's name for {@link byType}; options may be spelt as in Python. */
export const by_type = /* @__PURE__ */ pythonic(byType, 1);
/** objgraph's name for {@link mostCommonTypes}; options may be spelt as in Python. */
export const most_common_types = /* @__PURE__ */ pythonic(mostCommonTypes, 0);
/** objgraph's name for {@link showMostCommonTypes}; options may be spelt as in Python. */
export const show_most_common_types = /* @__PURE__ */ pythonic(showMostCommonTypes, 0);
/** objgraph's name for {@link showGrowth}; options may be spelt as in Python. */
export const show_growth = /* @__PURE__ */ pythonic(showGrowth, 0);
/** objgraph's name for {@link getNewIds}; options may be spelt as in Python. */
export const get_new_ids = /* @__PURE__ */ pythonic(getNewIds, 0);
/** objgraph's name for {@link getLeakingObjects}; options may be spelt as in Python. */
export const get_leaking_objects = /* @__PURE__ */ pythonic(getLeakingObjects, 0);
/** objgraph's name for {@link atAddrs}. */
export const at_addrs = atAddrs;
/** objgraph's name for {@link findRefChain}; options may be spelt as in Python. */
export const find_ref_chain = /* @__PURE__ */ pythonic(findRefChain, 1);
/** objgraph's name for {@link findBackrefChain}; options may be spelt as in Python. */
export const find_backref_chain = /* @__PURE__ */ pythonic(findBackrefChain, 1);
/** objgraph's name for {@link showRefs}; options may be spelt as in Python. */
export const show_refs = /* @__PURE__ */ pythonic(showRefs, 1);
/** objgraph's name for {@link showBackrefs}; options may be spelt as in Python. */
export const show_backrefs = /* @__PURE__ */ pythonic(showBackrefs, 1);
/** objgraph's name for {@link showChain}; options may be spelt as in Python. */
export const show_chain = /* @__PURE__ */ pythonic(showChain, 1);
/** objgraph's name for {@link isProperModule}. */
export const is_proper_module = isProperModule;

/** The same function, with Python's spelling allowed in the options: the last argument, if it is number `first` or later. */
function pythonic<Arguments extends unknown[], Result>(
  original: (...args: Arguments) => Result,
  first: number,
): (...args: Arguments) => Result {
  return (...args) => {
    const last = args.at(-1);
    const isOptions = args.length > first && typeof last === 'object' && last !== null;
    if (isOptions && Object.getPrototypeOf(last) === Object.prototype)
      args[args.length - 1] = camelCase(last as Record<string, unknown>);
    return original(...args);
  };
}

const renamed: Record<string, string> = { shortnames: 'shortNames', sortby: 'sortBy', file: 'output' };

function camelCase(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      renamed[key] ?? key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
