// Values of options that need checking, the same for both commands.
import { engines, type Engine } from '../../shared/protocol.ts';
import { UsageError } from './run.ts';

/** @throws UsageError that lists the engines */
export function readEngine(value: string): Engine {
  if (engines.includes(value as Engine)) return value as Engine;
  throw new UsageError(`there is no layout engine ${JSON.stringify(value)}; there are ${engines.join(', ')}`);
}

/** `WxH` in pixels. @throws UsageError with an example */
export function readGeometry(value: string): { width: number; height: number } {
  const match = /^(\d{1,5})x(\d{1,5})$/i.exec(value);
  const [width, height] = match ? [Number(match[1]), Number(match[2])] : [0, 0];
  if (width > 0 && height > 0) return { width, height };
  throw new UsageError(
    `${JSON.stringify(value)} is no window size; write WIDTHxHEIGHT, for example 1000x700`,
  );
}
