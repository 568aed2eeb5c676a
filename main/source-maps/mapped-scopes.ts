// The `scopes` of a source map: which variables and functions the author wrote, and what the generated code calls them. A field that does
// not keep to the rules in every point is not used at all, for names after the fault would be wrong ones.
// Format: https://github.com/tc39/ecma426/blob/main/proposals/scopes.md.
import {
  ScopesError,
  type IsHeader,
  type MapScopes,
  type Position,
} from '../../shared/source-maps/scope-reader.ts';

/** The scope of an author, with its names. */
interface OriginalScope {
  name: string | null;
  isFunction: boolean;
  variables: string[];
}

/** A part of the generated code that is such a scope. Lines and columns count from 0. */
interface GeneratedRange {
  start: Position;
  end: Position;
  isFunction: boolean;
  scope: OriginalScope | null;
  /** Per variable of the scope, the expression that has its value; null where it has none in all of the range. */
  values: (string | null)[];
}

const tags = {
  noScope: 0,
  scopeStart: 1,
  scopeEnd: 2,
  variables: 3,
  rangeStart: 4,
  rangeEnd: 5,
  bindings: 6,
  partialBinding: 7,
};

/** Scopes and ranges of bundles nest less. */
const deepest = 10_000;

/** A map as far as it is about scopes; of parts, `sections`. */
interface MapJson {
  scopes?: unknown;
  names?: unknown;
  sections?: { offset: Position; map: MapJson }[];
}

export class MappedScopes implements MapScopes {
  readonly #ranges: readonly GeneratedRange[];

  /**
   * @param json a source map that has been checked
   * @throws ScopesError
   */
  constructor(json: object) {
    this.#ranges = rangesOf(json);
  }

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  variables(place: Position, names: readonly string[], isHeader: IsHeader): ReadonlyMap<string, string> {
    let found: Map<string, string> | null = null;
    for (const { start, end, isFunction, scope, values } of this.#ranges) {
      if (scope === null || !isIn(place, start, end) || (isFunction && isHeader(start))) continue;
      const named = new Map<string, string>();
      for (const name of names) {
        const index = values.indexOf(name);
        if (index >= 0 && values.indexOf(name, index + 1) < 0) named.set(name, scope.variables[index]);
      }
      if (named.size < names.length) continue;
      if (found && names.some((name) => found!.get(name) !== named.get(name))) return new Map();
      found = named;
    }
    return found ?? new Map<string, string>();
  }

  functionName(isHeader: IsHeader): string | null {
    const found = this.#ranges.filter(({ start, isFunction }) => isFunction && isHeader(start));
    return found.length === 1 && found[0].scope?.isFunction ? found[0].scope.name : null;
  }
}

function rangesOf(json: MapJson, offset: Position = { line: 0, column: 0 }): GeneratedRange[] {
  if (Array.isArray(json.sections))
    return json.sections.flatMap(({ map, offset: { line, column } }) =>
      rangesOf(map, { line: offset.line + line, column: line > 0 ? column : offset.column + column }),
    );
  const { scopes, names } = json;
  if (scopes === undefined || scopes === null) return [];
  if (typeof scopes !== 'string' || !Array.isArray(names)) return fail();
  return new Reader(scopes, names, offset).read();
}

const isBefore = (a: Position, b: Position) => a.line < b.line || (a.line === b.line && a.column < b.column);
const isIn = (place: Position, start: Position, end: Position) =>
  !isBefore(place, start) && isBefore(place, end);

class Reader {
  #at = 0;
  readonly #scopes: OriginalScope[] = [];
  readonly #openScopes: OriginalScope[] = [];
  readonly #ranges: GeneratedRange[] = [];
  readonly #openRanges: GeneratedRange[] = [];
  /** Numbers of the text are differences to these. */
  #original: Position = { line: 0, column: 0 };
  #generated: Position;
  #name = 0;
  #kind = 0;
  #variable = 0;
  #definition = 0;

  constructor(
    private readonly text: string,
    private readonly names: readonly unknown[],
    offset: Position,
  ) {
    this.#generated = offset;
  }

  read(): GeneratedRange[] {
    while (this.#at < this.text.length) {
      this.#item(this.#unsigned());
      // Later versions of the format may add numbers to an item.
      while (this.#hasMore()) this.#unsigned();
      this.#at++;
    }
    if (this.#openScopes.length > 0 || this.#openRanges.length > 0) fail();
    return this.#ranges;
  }

  #item(tag: number): void {
    if (tag === tags.noScope) return;
    if (tag === tags.scopeStart) this.#startScope();
    else if (tag === tags.scopeEnd) this.#endScope();
    else if (tag === tags.variables) this.#addVariables();
    else if (tag === tags.rangeStart) this.#startRange();
    else if (tag === tags.rangeEnd) this.#endRange();
    else if (tag === tags.bindings) this.#addBindings();
    else if (tag === tags.partialBinding) this.#dropBinding();
  }

  #startScope(): void {
    const flags = this.#unsigned();
    this.#original = this.#moved(this.#original, this.#unsigned(), this.#unsigned());
    const name = flags & 1 ? this.#nameAt((this.#name += this.#signed())) : null;
    if (flags & 2) this.#nameAt((this.#kind += this.#signed()));
    const scope = { name, isFunction: (flags & 4) > 0, variables: [] };
    this.#scopes.push(scope);
    if (this.#openScopes.push(scope) > deepest) fail();
  }

  #endScope(): void {
    this.#original = this.#moved(this.#original, this.#unsigned(), this.#unsigned());
    if (this.#openScopes.pop() === undefined) fail();
    // The scopes of each source begin anew.
    if (this.#openScopes.length === 0) this.#original = { line: 0, column: 0 };
  }

  #addVariables(): void {
    const { variables } = this.#last(this.#openScopes);
    while (this.#hasMore()) variables.push(this.#nameAt((this.#variable += this.#signed())));
  }

  #startRange(): void {
    const flags = this.#unsigned();
    const line = flags & 1 ? this.#unsigned() : 0;
    const start = (this.#generated = this.#moved(this.#generated, line, this.#unsigned()));
    const scope = flags & 2 ? this.#scopes[(this.#definition += this.#signed())] : null;
    if (scope === undefined) fail();
    const range = { start, end: start, isFunction: (flags & 4) > 0, scope, values: [] };
    if (this.#openRanges.push(range) > deepest) fail();
  }

  #endRange(): void {
    const first = this.#unsigned();
    const [line, column] = this.#hasMore() ? [first, this.#unsigned()] : [0, first];
    this.#generated = this.#moved(this.#generated, line, column);
    const range = this.#openRanges.pop() ?? fail();
    if (range.values.length > 0 && range.values.length !== range.scope?.variables.length) fail();
    range.end = this.#generated;
    this.#ranges.push(range);
  }

  #addBindings(): void {
    const { values } = this.#last(this.#openRanges);
    while (this.#hasMore()) {
      const index = this.#unsigned();
      values.push(index === 0 ? null : this.#nameAt(index - 1));
    }
  }

  /** A variable that other expressions have in parts of the range. */
  #dropBinding(): void {
    const { values } = this.#last(this.#openRanges);
    const index = this.#unsigned();
    if (index >= values.length) fail();
    values[index] = null;
  }

  #moved({ line, column }: Position, lines: number, columns: number): Position {
    return lines > 0 ? { line: line + lines, column: columns } : { line, column: column + columns };
  }

  #last<T>(list: readonly T[]): T {
    return list.at(-1) ?? fail();
  }

  #nameAt(index: number): string {
    const name = this.names[index];
    return typeof name === 'string' ? name : fail();
  }

  #hasMore(): boolean {
    return this.#at < this.text.length && this.text[this.#at] !== ',';
  }

  #signed(): number {
    const value = this.#unsigned();
    return value & 1 ? -(value >>> 1) : value >>> 1;
  }

  /** Five bits a character, the lowest first. */
  #unsigned(): number {
    let value = 0;
    for (let shift = 0; shift <= 25; shift += 5) {
      const digit = digits.indexOf(this.text[this.#at++] ?? fail());
      if (digit < 0) fail();
      value += (digit & 31) << shift;
      if (digit < 32) return value;
    }
    return fail();
  }
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function fail(): never {
  throw new ScopesError('has scopes that cannot be read');
}
