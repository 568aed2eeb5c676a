// DOT text as its statements, each as it is written (the grammar is Graphviz's, lib/cgraph/grammar.y). What is written from
// them again says the same to Graphviz: order, attributes, defaults and HTML stay untouched.
import { DotSyntaxError, nameOf, tokensOf, type Token } from './tokens.ts';

export interface DotText {
  /** What stands before the first brace: `strict digraph "name"`. */
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
  readonly #tokens: Generator<Token, void>;
  #next: Token;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
    this.#next = this.#pull();
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
    const { text } = this.#take('id');
    const id = { name: nameOf(text), text };
    while (text.startsWith('"') && this.#skip('+')) {
      const more = this.#take('id').text;
      id.name += nameOf(more);
      id.text += ` + ${more}`;
    }
    return id;
  }

  #skip(kind: Token['kind']): boolean {
    const here = this.#next.kind === kind;
    if (here) this.#take(kind);
    return here;
  }

  #take(kind: Token['kind']): Token {
    const token = this.#next;
    if (token.kind !== kind) throw new DotSyntaxError(`${kind} is wanted, not ${JSON.stringify(token.text)}`);
    this.#next = this.#pull();
    return token;
  }

  #pull(): Token {
    return this.#tokens.next().value ?? { kind: 'end', text: '' };
  }
}

interface Id {
  name: string;
  text: string;
}
