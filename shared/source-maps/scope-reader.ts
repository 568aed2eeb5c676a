// Who reads the scopes of generated code is given to the source maps: a parser is no part of the library.

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

/** @returns null for code that cannot be read */
export type ScopeReader = (code: string) => ScriptScopes | null;
