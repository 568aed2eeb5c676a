// objgraph's own names, for those who come from its documentation. Options may be spelt its way as well (`max_depth`).
import { byType, mostCommonTypes } from './census.ts';
import { findBackrefChain, findRefChain, isProperModule } from './chains.ts';
import { atAddrs, getLeakingObjects, getNewIds } from './ids.ts';
import { showBackrefs, showChain, showRefs } from './show.ts';
import { showGrowth, showMostCommonTypes } from './tables.ts';

export const by_type = /* @__PURE__ */ pythonic(byType, 1);
export const most_common_types = /* @__PURE__ */ pythonic(mostCommonTypes, 0);
export const show_most_common_types = /* @__PURE__ */ pythonic(showMostCommonTypes, 0);
export const show_growth = /* @__PURE__ */ pythonic(showGrowth, 0);
export const get_new_ids = /* @__PURE__ */ pythonic(getNewIds, 0);
export const get_leaking_objects = /* @__PURE__ */ pythonic(getLeakingObjects, 0);
export const at_addrs = atAddrs;
export const find_ref_chain = /* @__PURE__ */ pythonic(findRefChain, 1);
export const find_backref_chain = /* @__PURE__ */ pythonic(findBackrefChain, 1);
export const show_refs = /* @__PURE__ */ pythonic(showRefs, 1);
export const show_backrefs = /* @__PURE__ */ pythonic(showBackrefs, 1);
export const show_chain = /* @__PURE__ */ pythonic(showChain, 1);
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
