// The head of a snapshot file, `"snapshot":{…}`: how many nodes and edges follow, and which fields a row has.
// Fields and types differ between versions of V8, so nothing about them is assumed.
import { javascript, python, type HeapLanguage } from './heap-language.ts';
import { translateEdgeTypes, translateNodeTypes } from './node-types.ts';

/** Positions of the fields that we read in a row; -1 where this version has no such field. */
export interface SnapshotHeader {
  nodeCount: number;
  edgeCount: number;
  /** Whether V8 tracked allocations: then nodes name the stacks that made them. */
  hasTraces: boolean;
  nodeFields: {
    count: number;
    type: number;
    name: number;
    id: number;
    selfSize: number;
    edgeCount: number;
    detachedness: number;
    traceNodeId: number;
  };
  edgeFields: { count: number; type: number; nameOrIndex: number; toNode: number };
  locationFields: { count: number; objectIndex: number; scriptId: number; line: number; column: number };
  /** For each of the snapshot's type numbers, ours (`NodeType`, `EdgeType`). */
  nodeTypes: Uint8Array;
  edgeTypes: Uint8Array;
  language: HeapLanguage;
  /** Pairs of a script's number and the index of its file's name in the strings; null in V8's snapshots. */
  scripts: [number, number][] | null;
  /** Pairs of the index of a module's name and the number of its script; null in V8's snapshots. */
  modules: [number, number][] | null;
}

const largestCount = 2 ** 32 - 2;

/** Reads the header from its JSON; `report` throws what is wrong with it. */
export function readHeader(json: unknown, report: (problem: string) => never): SnapshotHeader {
  const fail = (problem: string): never => report(`The snapshot's header ${problem}`);
  const record = (value: unknown, name: string): Record<string, unknown> =>
    typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : fail(`has no "${name}"`);
  const count = (value: unknown, name: string): number =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= largestCount
      ? (value as number)
      : fail(`has no usable "${name}": ${String(value)}`);
  const names = (value: unknown, name: string): string[] =>
    Array.isArray(value) && value.every((item) => typeof item === 'string')
      ? value
      : fail(`has no list "${name}"`);
  const types = (value: unknown, name: string): string[] =>
    Array.isArray(value) ? names(value[0], name) : fail(`has no list "${name}"`);

  const header = record(json, 'snapshot');
  const meta = record(header.meta, 'meta');
  const nodeFields = names(meta.node_fields, 'node_fields');
  const edgeFields = names(meta.edge_fields, 'edge_fields');
  const locationFields =
    meta.location_fields === undefined ? [] : names(meta.location_fields, 'location_fields');
  for (const field of ['type', 'name', 'id', 'self_size', 'edge_count'])
    if (!nodeFields.includes(field)) fail(`lists no node field "${field}"`);
  for (const field of ['type', 'name_or_index', 'to_node'])
    if (!edgeFields.includes(field)) fail(`lists no edge field "${field}"`);
  if (nodeFields.length > 16 || edgeFields.length > 16 || locationFields.length > 16)
    fail('lists more than 16 fields');

  return {
    nodeCount: count(header.node_count, 'node_count'),
    edgeCount: count(header.edge_count, 'edge_count'),
    hasTraces: typeof header.trace_function_count === 'number' && header.trace_function_count > 0,
    nodeFields: {
      count: nodeFields.length,
      type: nodeFields.indexOf('type'),
      name: nodeFields.indexOf('name'),
      id: nodeFields.indexOf('id'),
      selfSize: nodeFields.indexOf('self_size'),
      edgeCount: nodeFields.indexOf('edge_count'),
      detachedness: nodeFields.indexOf('detachedness'),
      traceNodeId: nodeFields.indexOf('trace_node_id'),
    },
    edgeFields: {
      count: edgeFields.length,
      type: edgeFields.indexOf('type'),
      nameOrIndex: edgeFields.indexOf('name_or_index'),
      toNode: edgeFields.indexOf('to_node'),
    },
    locationFields: {
      count: locationFields.length,
      objectIndex: locationFields.indexOf('object_index'),
      scriptId: locationFields.indexOf('script_id'),
      line: locationFields.indexOf('line'),
      column: locationFields.indexOf('column'),
    },
    nodeTypes: translateNodeTypes(types(meta.node_types, 'node_types')),
    edgeTypes: translateEdgeTypes(types(meta.edge_types, 'edge_types')),
    ...readRuntime(header.runtime, fail),
  };
}

/** A snapshot without a runtime is V8's. */
function readRuntime(
  runtime: unknown,
  fail: (problem: string) => never,
): Pick<SnapshotHeader, 'language' | 'scripts' | 'modules'> {
  if (runtime === undefined) return { language: javascript, scripts: null, modules: null };
  const { name, version, visit, scripts, modules } = (runtime ?? {}) as Record<string, unknown>;
  if (name !== 'python') return fail(`names the runtime ${JSON.stringify(name)}: only "python" is known`);
  if (scripts !== undefined && !(Array.isArray(scripts) && scripts.every(isPair)))
    return fail('has no usable list "scripts"');
  if (modules !== undefined && !(Array.isArray(modules) && modules.every(isPair)))
    return fail('has no usable list "modules"');
  const language = python(textOf(version), textOf(visit));
  return { language, scripts: scripts ?? null, modules: modules ?? null };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((number) => Number.isInteger(number) && number >= 0 && number <= largestCount);
