// What a page itself says of an object of its heap while it is still there: where a DOM node is, which component it belongs
// to, which events its listeners wait for. Nothing of the page changes; its getters may run.
import { isFields } from '../targets/reply.ts';
import { ask, type CdpSession } from './cdp.ts';

export interface LiveNode {
  /** From the nearest named ancestor on: `[data-testid="list"] > li.row`. */
  selector: string;
  isConnected: boolean;
  /** Nodes of the tree that it is the top of, when it is detached. */
  nodes: number;
  /** Its HTML, shortened. */
  outline: string;
  /** The nearest component of a framework that can be recognised: `Row (React)`. */
  component: string | null;
}

export interface LiveListener {
  type: string;
  scriptId: number;
  /** Counted from 0. */
  line: number;
  column: number;
}

const objectGroup = 'objgraph';

/** Looks at one object. @returns null when it is gone, or is no DOM node */
export async function lookAtNode(session: CdpSession, id: number): Promise<LiveNode | null> {
  return withObject(session, id, async (objectId) => {
    const { result } = await ask(session, 'Runtime.callFunctionOn', {
      ...{
        objectId,
        functionDeclaration: `function () { return (${describeNode.toString()})(this); }`,
        returnByValue: true,
        silent: true,
      },
    });
    const value = isFields(result) ? result.value : null;
    return isFields(value) && typeof value.selector === 'string' ? (value as unknown as LiveNode) : null;
  });
}

/** Bytes that an object has outside of V8's heap: pixels, and memory of WebAssembly. 0 when it is gone, or has none. */
export async function outsideBytes(session: CdpSession, id: number): Promise<number> {
  const bytes = await withObject(session, id, async (objectId) => {
    const functionDeclaration = `function () { return (${countOutside.toString()})(this); }`;
    const call = { objectId, functionDeclaration, returnByValue: true, silent: true };
    const { result } = await ask(session, 'Runtime.callFunctionOn', call);
    return isFields(result) ? result.value : 0;
  });
  return typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes > 0 ? bytes : 0;
}

/** Shows where a DOM node is in its page, until another one is highlighted; null ends it. Never throws. */
export async function highlightNode(session: CdpSession, id: number | null): Promise<void> {
  try {
    if (id === null) return void (await ask(session, 'Overlay.hideHighlight'));
    for (const domain of ['DOM', 'Overlay']) await ask(session, `${domain}.enable`);
    await withObject(session, id, (objectId) =>
      ask(session, 'Overlay.highlightNode', { objectId, highlightConfig }),
    );
  } catch {
    // It has gone, or the target is no page.
  }
}

const highlightConfig = {
  showInfo: true,
  contentColor: { r: 11, g: 98, b: 214, a: 0.35 },
  borderColor: { r: 11, g: 98, b: 214, a: 0.8 },
};

/** The listeners of an object, or of the window of the page. */
export async function listenersOf(session: CdpSession, id: number | 'window'): Promise<LiveListener[]> {
  const list = async (objectId: string) => {
    const { listeners } = await ask(session, 'DOMDebugger.getEventListeners', { objectId });
    return Array.isArray(listeners) ? (listeners as unknown[]).filter(isFields).map(readListener) : [];
  };
  if (id !== 'window') return (await withObject(session, id, list)) ?? [];
  const { result } = await ask(session, 'Runtime.evaluate', { expression: 'globalThis', objectGroup });
  return isFields(result) && typeof result.objectId === 'string' ? list(result.objectId) : [];
}

function readListener({ type, scriptId, lineNumber, columnNumber }: Record<string, unknown>): LiveListener {
  return {
    ...{ type: String(type), scriptId: Number(scriptId) },
    ...{ line: Number(lineNumber), column: Number(columnNumber) },
  };
}

async function withObject<T>(
  session: CdpSession,
  id: number,
  use: (objectId: string) => Promise<T>,
): Promise<T | null> {
  try {
    const { result } = await ask(session, 'HeapProfiler.getObjectByHeapObjectId', {
      ...{ objectId: String(id), objectGroup },
    });
    const objectId = isFields(result) ? result.objectId : undefined;
    return typeof objectId === 'string' ? await use(objectId) : null;
  } catch {
    // The collector took it, or Blink gives no handle for it.
    return null;
  } finally {
    await ask(session, 'Runtime.releaseObjectGroup', { objectGroup }).catch(() => {});
  }
}

/* Runs in the page, as text. */
function countOutside(value: { width?: number; height?: number; buffer?: ArrayBuffer }): number {
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (kind === 'WebAssembly.Memory') return value.buffer?.byteLength ?? 0;
  return /^(?:HTMLCanvasElement|OffscreenCanvas|ImageBitmap)$/.test(kind)
    ? (value.width ?? 0) * (value.height ?? 0) * 4
    : 0;
}

/* Runs in the page, as text. */
function describeNode(start: Node): object | null {
  if (!(start instanceof Node)) return null;
  const selector = (node: Node | null): string => {
    if (!(node instanceof Element)) return node === null ? '' : node.nodeName.toLowerCase();
    const tag = node.localName;
    for (const key of ['data-testid', 'data-test-id', 'data-test', 'data-cy'])
      if (node.getAttribute(key)) return `[${key}="${node.getAttribute(key)!}"]`;
    if (node.id && /^[\w-]+$/.test(node.id)) return `${tag}#${node.id}`;
    const classes = [...node.classList].filter((name) => /^[\w-]+$/.test(name)).slice(0, 3);
    const role = node.getAttribute('role');
    return classes.length > 0 ? [tag, ...classes].join('.') : role ? `${tag}[role="${role}"]` : tag;
  };
  const parentOf = (node: Node): Node | null => node.parentNode ?? (node as ShadowRoot).host ?? null;
  let top: Node = start;
  const path: string[] = [];
  let isNamed = false;
  for (let node: Node | null = start; node !== null && node.nodeType !== 9; node = parentOf(node)) {
    top = node;
    if (!isNamed && node.nodeType === 1) path.unshift(selector(node));
    if (/^\[|#/.test(path[0] ?? '')) isNamed = true;
  }
  const component = (first: Node): string | null => {
    for (let node: Node | null = first; node !== null; node = parentOf(node)) {
      const fields = node as unknown as Record<string, unknown>;
      const key = Object.keys(fields).find((name) => /^__react(Fiber|InternalInstance)\$/.test(name));
      type Fiber = {
        type?: { displayName?: string; name?: string; render?: { name?: string } };
        return?: Fiber;
      };
      for (let fiber = key ? (fields[key] as Fiber | undefined) : undefined; fiber; fiber = fiber.return) {
        const { type } = fiber;
        const name =
          typeof type === 'string' ? null : (type?.displayName ?? type?.name ?? type?.render?.name);
        if (name) return `${name} (React)`;
      }
      type Instance = { type?: { __name?: string; name?: string; __file?: string } };
      const vue = (fields.__vueParentComponent ??
        (fields.__vnode as { component?: unknown } | undefined)?.component) as Instance | undefined;
      const vueName = vue?.type?.__name ?? vue?.type?.name ?? vue?.type?.__file;
      if (vueName) return `${vueName.replace(/^.*[\\/]/, '').replace(/\.vue$/, '')} (Vue)`;
      const svelte = (fields.__svelte_meta as { loc?: { file?: string } } | undefined)?.loc?.file;
      if (svelte) return `${svelte.replace(/^.*[\\/]/, '').replace(/\.svelte$/, '')} (Svelte)`;
      const ng = (globalThis as { ng?: { getOwningComponent?: (node: Node) => object | null } }).ng;
      const angular = fields.__ngContext__ === undefined ? null : ng?.getOwningComponent?.(node);
      if (angular) return `${angular.constructor.name} (Angular)`;
      if (node instanceof HTMLElement && node.localName.includes('-') && customElements.get(node.localName))
        return `<${node.localName}> (${node.constructor.name})`;
    }
    return null;
  };
  const count = (node: Node): number => {
    let nodes = 1;
    for (const walker = document.createTreeWalker(node); walker.nextNode();) nodes++;
    return nodes;
  };
  const outline = (node: Node, depth: number): string => {
    if (!(node instanceof Element)) return (node.nodeValue ?? '').trim().slice(0, 40);
    const open = (node.cloneNode(false) as Element).outerHTML.replace(/<\/[^>]*>$/, '').slice(0, 200);
    if (depth > 3) return node.childNodes.length > 0 ? `${open}…` : open;
    const children = [...node.childNodes].map((child) => outline(child, depth + 1)).filter(Boolean);
    const shown = children.slice(0, 6).map((text) => text.replace(/^/gm, '  '));
    if (children.length > 6) shown.push(`  … ${children.length - 6} more`);
    return [open, ...shown].join('\n');
  };
  const isConnected = start.isConnected;
  return {
    selector: isConnected ? path.slice(-4).join(' > ') : selector(top),
    isConnected,
    nodes: count(isConnected ? start : top),
    outline: outline(isConnected ? start : top, 0),
    component: component(start),
  };
}
