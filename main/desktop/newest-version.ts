// The newest version of the package, asked for when its user wants to know, and never otherwise.
import { json } from 'node:stream/consumers';
import { httpGet, NetworkError } from './http.ts';

const registry = 'https://registry.npmjs.org/';
const longestTime = 10_000;

/** @throws NetworkError when the registry does not say */
export async function newestVersion(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const base = env.npm_config_registry ?? env.NPM_CONFIG_REGISTRY ?? registry;
  const url = `${base.replace(/\/*$/, '/')}objgraph/latest`;
  const response = await httpGet(url, { signal: AbortSignal.timeout(longestTime) });
  if (response.statusCode !== 200) {
    response.resume();
    throw new NetworkError(`${new URL(url).host} does not say (status ${response.statusCode ?? 0})`);
  }
  const { version } = Object(await json(response)) as { version?: unknown };
  if (typeof version !== 'string' || !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    throw new NetworkError(`${new URL(url).host} does not say`);
  return version;
}

/** Whether `other` is newer, by its three numbers; a version before its release is older than the release. */
export function isNewer(other: string, than: string): boolean {
  const numbers = (version: string) => version.replace(/-.*/, '').split('.').map(Number);
  const [a, b] = [numbers(other), numbers(than)];
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] > b[i];
  return than.includes('-') && !other.includes('-');
}
