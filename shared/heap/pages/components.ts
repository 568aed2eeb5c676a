// Components of frameworks among the objects of a page, by the fields that their instances have: names of classes are
// mangled in production. Sources: React, ReactInternalTypes.js (Fiber); Vue, runtime-core/component.ts
// (ComponentInternalInstance); Svelte and Angular say their names by DOM properties only (main/pages/live-node.ts).
import type { HeapGraph } from '../heap-graph.ts';
import type { NodeNames } from '../node-names.ts';
import { NodeType } from '../node-types.ts';
import { isString } from '../roots.ts';

const fiberFields = ['memoizedProps', 'pendingProps', 'stateNode', 'alternate', 'elementType'];
const vueFields = ['subTree', 'appContext', 'vnode', 'parent', 'setupState'];

export interface Component {
  framework: 'React' | 'Vue';
  name: string;
}

/** Recognises instances of components; names of fields are looked up once. */
export class Components {
  constructor(
    private readonly graph: HeapGraph,
    private readonly names: NodeNames,
  ) {}

  /** The component whose instance an object is; null for other objects, and for elements and roots of a framework. */
  of(node: number): Component | null {
    const { graph } = this;
    if (graph.nodeTypes[node] !== NodeType.object) return null;
    if (this.has(node, fiberFields))
      return this.named('React', graph.childNamed(node, 'type'), ['displayName', 'name']);
    if (this.has(node, vueFields))
      return this.named('Vue', graph.childNamed(node, 'type'), ['__name', 'name', '__file']);
    return null;
  }

  private has(node: number, fields: readonly string[]): boolean {
    return fields.every((field) => this.graph.edgeNamed(node, field) >= 0);
  }

  private named(
    framework: Component['framework'],
    type: number,
    fields: readonly string[],
  ): Component | null {
    if (type < 0) return null;
    const { graph, names } = this;
    for (const field of fields) {
      const value = graph.childNamed(type, field);
      if (value >= 0 && isString(graph.nodeTypes[value]))
        return { framework, name: componentName(names.string(value)) };
    }
    if (graph.nodeTypes[type] === NodeType.closure) {
      const name = names.functionName(type);
      return name === '(anonymous)' ? null : { framework, name };
    }
    const inner = ['render', 'type']
      .map((field) => graph.childNamed(type, field))
      .find((child) => child >= 0);
    return inner === undefined ? null : this.named(framework, inner, fields);
  }
}

/** `/src/Dialog.vue` is `Dialog`. */
const componentName = (text: string) => text.replace(/^.*[\\/]/, '').replace(/\.(?:vue|svelte)$/, '');
