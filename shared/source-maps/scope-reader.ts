// Who reads scopes is given to the source maps: neither a parser nor the format of a map's own scopes is a part of the library.

/** The scopes of one script. */
export interface ScriptScopes {
  /**
   * Where the variables of the scope are declared in which a function is written: offsets in the code, -1 for one that is in no
   * code; null where that is not certain.
   *
   * @param position of the function, as V8 has it
   * @param names all variables of that scope
   */
  declarations(position: number, names: readonly string[]): number[] | null;
}

/** Lines and columns count from 0. */
export interface Position {
  line: number;
  column: number;
}

/** Whether a range that begins at a place is that of the function which V8 has at another one. */
export type IsHeader = (start: Position) => boolean;

/** What a map says of scopes by itself. */
export interface MapScopes {
  /**
   * The author's names of the variables of a scope; empty where none around the place has all of them, or where scopes disagree.
   * @param place of a function that is made in the scope; its own scope is not that one
   */
  variables(place: Position, names: readonly string[], isHeader: IsHeader): ReadonlyMap<string, string>;
  /** The author's name of a function; null where the map has none, or several. */
  functionName(isHeader: IsHeader): string | null;
}

/** Scopes that cannot be read. */
export class ScopesError extends Error {}

export interface ScopeReader {
  /** @returns null for code that cannot be read */
  ofCode(code: string): ScriptScopes | null;
  /**
   * @param json a source map that has been checked
   * @returns null for a map that says nothing of scopes
   * @throws ScopesError
   */
  ofMap(json: object): MapScopes | null;
}
