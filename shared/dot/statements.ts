// DOT text as its statements, each as it is written (the grammar is Graphviz's, lib/cgraph/grammar.y). What is written from
// them again says the same to Graphviz: order, attributes, defaults and HTML stay untouched.
import { DotSyntaxError, Tokens, type TokenKind } from './tokens.ts';

export interface DotText {
  /** What comes before the first brace: `strict digraph "name"`. */
  header: string;
  statements: Statement[];
}

export type Statement = Setting | Chain;

/** Attributes of a graph, or defaults for the nodes, edges or subgraphs that follow. */
export interface Setting {
  kind: 'setting';
  target: 'graph' | 'node' | 'edge';
  attributes: Attribute[];
}

/** Nodes, subgraphs, or edges between them: `a`, `a -> b -> {c d} [color=red]`. */
export interface Chain {
  kind: 'chain';
  ends: End[];
  /** `->` or `--`. */
  operator: string;
  attributes: Attribute[];
}

export type End = Subgraph | Mentions;

export interface Subgraph {
  kind: 'subgraph';
  /** Null for one without a name. */
  name: string | null;
  /** `subgraph cluster_a`, or nothing. */
  header: string;
  statements: Statement[];
}

/** One node, or several by commas. */
export interface Mentions {
  kind: 'mentions';
  mentions: Mention[];
}

export interface Mention {
  name: string;
  /** As it is written, without and with its port. */
  id: string;
  text: string;
}

export interface Attribute {
  name: string;
  value: string;
  /** As it is written. */
  text: string;
}

/** Subgraphs in subgraphs; Graphviz itself ends long before. */
const deepest = 1000;

/** @throws DotSyntaxError for what is no DOT, or is nested too deeply */
export function readStatements(text: string): DotText {
  return new Reader(text).read();
}

class Reader {
  readonly #next: Tokens;
  #depth = 0;

  constructor(text: string) {
    this.#next = new Tokens(text);
  }

  read(): DotText {
    const header: string[] = [];
    while (this.#next.kind === 'id') header.push(this.#take('id').text);
    return { header: header.join(' '), statements: this.#body() };
  }

  #body(): Statement[] {
    const statements: Statement[] = [];
    this.#take('{');
    if (++this.#depth > deepest)
      throw new DotSyntaxError(`more than ${deepest} subgraphs are inside each other`);
    while (!this.#skip('}')) {
      statements.push(this.#statement());
      this.#skip(';');
    }
    this.#depth--;
    return statements;
  }

  #statement(): Statement {
    if (this.#next.kind === '{') return this.#chain(this.#subgraph('', null));
    const word = this.#id();
    switch (word.text.toLowerCase()) {
      case 'graph':
      case 'node':
      case 'edge':
        return this.#setting(word.text.toLowerCase() as Setting['target']);
      case 'subgraph':
        return this.#chain(this.#namedSubgraph());
    }
    if (this.#next.kind !== '=') return this.#chain(this.#mentions(word));
    return { kind: 'setting', target: 'graph', attributes: [this.#attribute(word)] };
  }

  #setting(target: Setting['target']): Setting {
    return { kind: 'setting', target, attributes: this.#attributes() };
  }

  #chain(first: End): Chain {
    const ends = [first];
    let operator = '';
    while (this.#next.kind === 'edge') {
      operator = this.#take('edge').text;
      ends.push(this.#end());
    }
    return { kind: 'chain', ends, operator, attributes: this.#attributes() };
  }

  #end(): End {
    if (this.#next.kind === '{') return this.#subgraph('', null);
    const word = this.#id();
    return word.text.toLowerCase() === 'subgraph' ? this.#namedSubgraph() : this.#mentions(word);
  }

  #namedSubgraph(): Subgraph {
    if (this.#next.kind === '{') return this.#subgraph('subgraph', null);
    const { name, text } = this.#id();
    return this.#subgraph(`subgraph ${text}`, name);
  }

  #subgraph(header: string, name: string | null): Subgraph {
    return { kind: 'subgraph', name, header, statements: this.#body() };
  }

  #mentions(first: Id): Mentions {
    const mentions = [this.#mention(first)];
    while (this.#skip(',')) mentions.push(this.#mention(this.#id()));
    return { kind: 'mentions', mentions };
  }

  #mention({ name, text: id }: Id): Mention {
    let text = id;
    while (this.#skip(':')) text += `:${this.#id().text}`;
    return { name, id, text };
  }

  #attributes(): Attribute[] {
    const attributes: Attribute[] = [];
    while (this.#skip('[')) {
      while (!this.#skip(']')) {
        attributes.push(this.#attribute(this.#id()));
        if (!this.#skip(',')) this.#skip(';');
      }
    }
    return attributes;
  }

  #attribute({ name, text }: Id): Attribute {
    this.#take('=');
    const value = this.#id();
    return { name, value: value.name, text: `${text}=${value.text}` };
  }

  /** Quoted strings may be put together with `+`. */
  #id(): Id {
    const { isQuoted } = this.#next;
    const id = this.#take('id');
    while (isQuoted && this.#skip('+')) {
      const more = this.#take('id');
      id.name += more.name;
      id.text += ` + ${more.text}`;
    }
    return id;
  }

  #skip(kind: TokenKind): boolean {
    const here = this.#next.kind === kind;
    if (here) this.#next.next();
    return here;
  }

  #take(kind: TokenKind): Id {
    const { kind: found, text, value } = this.#next;
    if (found !== kind) throw new DotSyntaxError(`expected ${kind}, found ${JSON.stringify(text)}`);
    this.#next.next();
    return { name: value, text };
  }
}

interface Id {
  name: string;
  text: string;
}
