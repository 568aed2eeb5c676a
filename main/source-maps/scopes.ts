// The scopes of generated code: where each begins and ends, and where it declares its variables. Names of a source map are on
// declarations, so that they lead from a variable as V8 calls it to the author's name.
import { Parser, type Options } from 'acorn';
import type { ScopeReader, ScriptScopes } from '../../shared/source-maps/scope-reader.ts';
import { MappedScopes } from './mapped-scopes.ts';

/** Characters. Larger scripts take seconds, and hundreds of megabytes: their variables keep the names of the code that ran. */
const longest = 4e6;

/** What of acorn is needed and is not in its types. */
interface ParserWithScopes {
  start: number;
  lastTokEnd: number;
  parse(): unknown;
  enterScope(flags: number): void;
  exitScope(): void;
  declareName(name: string, kind: number, position: number): void;
  parseFunctionParams(node: Named): void;
  parseClass(node: Named, isStatement: unknown): object;
  parseClassId(node: Named, isStatement: unknown): void;
}
/** A function or a class, whose name may have been read. */
interface Named {
  id?: { name: string; start: number } | null;
}
const ParserWithScopes = Parser as unknown as new (options: Options, code: string) => ParserWithScopes;

/** Of acorn's flags of a scope: the top of a script, functions and static blocks, in which a `var` ends up. */
const holdsVars = 1 | 2 | 256;
/** Acorn's kind of a declaration by `var`, and of a parameter. */
const kindVar = 1;

/** Node wraps a CommonJS module in a function with these parameters. */
const wrapperNames = ['exports', 'require', 'module', '__filename', '__dirname'];

interface Scope {
  start: number;
  end: number;
  isForVars: boolean;
  /** Per variable, where it is declared; -1 for what is in no code. */
  names: Map<string, number>;
}

export const readScopes: ScopeReader = {
  ofCode: scopesOfCode,
  ofMap(json) {
    const scopes = new MappedScopes(json);
    return scopes.isEmpty ? null : scopes;
  },
};

/** @returns null for code that is too long, or that cannot be parsed */
function scopesOfCode(code: string): ScriptScopes | null {
  if (code.length > longest) return null;
  const isModule = /(?:^|[;}\s])(?:import|export)[\s{*"']/.test(code);
  const scopes = parsed(code, isModule) ?? parsed(code, !isModule);
  return (
    scopes && {
      declarations: (position, names) => declarations(scopes, position, names),
    }
  );
}

function parsed(code: string, isModule: boolean): Scope[] | null {
  const scopes: Scope[] = [];
  const open: Scope[] = [];
  class Recorder extends ParserWithScopes {
    override enterScope(flags: number): void {
      super.enterScope(flags);
      const names = new Map<string, number>();
      if (open.length === 0 && !isModule) for (const name of wrapperNames) names.set(name, -1);
      const isTop = open.length === 0;
      open.push({ start: isTop ? -1 : this.start, end: Infinity, isForVars: (flags & holdsVars) > 0, names });
    }

    /** At the parenthesis, where V8 says that a function is. The name of an expression, which is before it, is in its scope. */
    override parseFunctionParams(node: Named): void {
      const scope = open[open.length - 1];
      if (node.id && node.id.start === scope.start) scope.names.set(node.id.name, node.id.start);
      scope.start = this.start;
      super.parseFunctionParams(node);
    }

    /** A class has a scope for its name, besides the variable that a declaration makes around it. */
    override parseClass(node: Named, isStatement: unknown): object {
      const scope = { start: this.start, end: Infinity, isForVars: false, names: new Map<string, number>() };
      open.push(scope);
      const result = super.parseClass(node, isStatement);
      open.pop();
      scopes.push({ ...scope, end: this.lastTokEnd });
      return result;
    }

    override parseClassId(node: Named, isStatement: unknown): void {
      const scope = open.pop()!;
      super.parseClassId(node, isStatement);
      open.push(scope);
      if (node.id) scope.names.set(node.id.name, node.id.start);
    }

    override exitScope(): void {
      super.exitScope();
      const scope = open.pop();
      if (scope) scopes.push({ ...scope, end: open.length === 0 ? Infinity : this.lastTokEnd });
    }

    override declareName(name: string, kind: number, position: number): void {
      super.declareName(name, kind, position);
      const scope = kind === kindVar ? open.findLast(({ isForVars }) => isForVars) : open.at(-1);
      if (!scope) return;
      // Parameters of an arrow function are read before its scope is entered.
      scope.start = Math.min(scope.start, position);
      if (!scope.names.has(name)) scope.names.set(name, position);
    }
  }
  try {
    const parser = new Recorder(
      {
        ecmaVersion: 'latest',
        sourceType: isModule ? 'module' : 'script',
        ...{ allowReturnOutsideFunction: true, allowHashBang: true, allowAwaitOutsideFunction: isModule },
      },
      code,
    );
    parser.parse();
    return [...scopes, ...open];
  } catch {
    return null;
  }
}

/**
 * Where the variables are declared, of a scope around a place that declares all of them: null where there is none, or several,
 * of which nothing says which one V8 means.
 */
function declarations(scopes: readonly Scope[], position: number, names: readonly string[]): number[] | null {
  let found: number[] | null = null;
  for (const { start, end, names: declared } of scopes) {
    if (start >= position || end <= position || !names.every((name) => declared.has(name))) continue;
    const places = names.map((name) => declared.get(name)!);
    if (found !== null && places.some((place, i) => place !== found![i])) return null;
    found = places;
  }
  return found;
}
