// Work that cannot be stopped, while its result may be wanted no more: V8 finishes every snapshot that it has begun.

/**
 * The result; or the signal's reason, or what `take` throws, as soon as there is one. The work goes on then.
 * @param work is given a `take` that never throws and, when all is over, does nothing
 */
export function whileWanted<T>(
  take: (chunk: Uint8Array) => void,
  signal: AbortSignal,
  work: (take: (chunk: Uint8Array) => void, isOver: AbortSignal) => Promise<T>,
): Promise<T> {
  const failed = new AbortController();
  const isOver = AbortSignal.any([signal, failed.signal]);
  const takeOrFail = (chunk: Uint8Array) => {
    if (isOver.aborted) return;
    try {
      take(chunk);
    } catch (error) {
      failed.abort(error);
    }
  };
  return untilAborted(work(takeOrFail, isOver), isOver);
}

/** The result, or the signal's reason as soon as there is one. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
