// Places in source files, as a snapshot has them and as their author wrote them.

/** A place in an author's file. */
export interface OriginalPlace {
  /** A path or URL. */
  script: string;
  /** Counted from 1; null where only the file is known. */
  line: number | null;
  /** Counted from 1; null where only the file is known. */
  column: number | null;
  /** The author's name of the function or class; null where the map does not have it. */
  name: string | null;
}

/** A place as a snapshot has it. */
export interface GeneratedPlace {
  /** A call is a place within a function; it has no name. */
  kind: 'class' | 'function' | 'call';
  /** As V8 calls the function or class. */
  name: string;
  scriptId: number;
  /** Counted from 0. */
  line: number;
  /** Counted from 0. */
  column: number;
}

/** Answers where generated places come from. */
export interface Places {
  /** Null where the generated place is all that is known. */
  original(place: GeneratedPlace): OriginalPlace | null;
  /**
   * The author's names of variables, those that are certain.
   * @param place a function that is made in the scope
   * @param names all variables of the scope, as V8 has them
   */
  variables?(
    place: Pick<GeneratedPlace, 'scriptId' | 'line' | 'column'>,
    names: readonly string[],
  ): ReadonlyMap<string, string>;
  /** The author's text of a file, where it is known besides the file itself. */
  sourceText?(script: string): string | null;
}
