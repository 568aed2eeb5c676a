// One visit to a live target for its allocations: connected, asked, and left as it was.
import { findLiveTarget } from '../targets/kinds.ts';
import { LiveTarget, type Connection } from '../targets/connection.ts';
import { TargetError, type ReadContext } from '../targets/target.ts';

/** @throws TargetError; the signal's reason, after what `ask` changed has been undone */
export async function onTarget<T>(
  address: string,
  { signal, progress }: Pick<ReadContext, 'signal' | 'progress'>,
  ask: (connection: Connection) => Promise<T>,
): Promise<T> {
  const target = findLiveTarget(address);
  if (!(target instanceof LiveTarget))
    throw new TargetError(`${target.name} runs Python: who allocates is known of JavaScript programs only`);
  const connection = await target.open(signal, progress);
  try {
    return await ask(connection);
  } finally {
    await connection.close();
  }
}
