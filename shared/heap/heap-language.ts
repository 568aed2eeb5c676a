// What depends on the language of the program whose heap a snapshot holds: names, no analysis. docs/heap-format.md says how
// a snapshot names its language.
import { NodeType, nodeTypeNames } from './node-types.ts';

export interface HeapLanguage {
  name: 'javascript' | 'python';
  /** Of the runtime: `3.11.2`; null where the snapshot does not say. */
  version: string | null;
  /**
   * Snapshots of one visit to a process name the same object by the same id; null where the snapshot does not say. V8's ids hold as
   * long as the process does.
   */
  visit: string | null;
  /** The class whose objects hold their entries by name, as a table does. */
  tableClass: string;
  /** The class of all nodes of a `NodeType`; null where each node's name is its class. */
  classOfType(type: number): string | null;
  /** Whether the place of an object is that of its class; else it is the object's own, as that of a function is. */
  hasClassLocation(className: string): boolean;
}

export const javascript: HeapLanguage = {
  name: 'javascript',
  version: null,
  visit: null,
  tableClass: 'Object',
  classOfType(type) {
    switch (type) {
      case NodeType.object:
      case NodeType.native:
        return null;
      case NodeType.hidden:
        return '(system)';
      case NodeType.code:
        return '(compiled code)';
      case NodeType.closure:
        return 'Function';
      case NodeType.regexp:
        return 'RegExp';
    }
    return `(${nodeTypeNames[type]})`;
  },
  hasClassLocation: () => true,
};

/** Python's classes have their module in their name, but for those that are built in: these have no source. */
export function python(version: string | null, visit: string | null): HeapLanguage {
  return {
    name: 'python',
    version,
    visit,
    tableClass: 'dict',
    classOfType(type) {
      if (type === NodeType.string) return 'str';
      // The `__dict__` of an object, which is folded into it.
      if (type === NodeType.array) return null;
      return javascript.classOfType(type);
    },
    hasClassLocation: (className) => className.includes('.'),
  };
}
