// Modules of Node that are expensive for every program that loads the library. Few calls need `node:crypto` and `node:inspector`; to import
// or require `node:process` reads all its properties, which opens the three standard streams. Together they would add a sixth to the
// heap of a small program, and a fifth to the time of each snapshot of it.
import { createRequire } from 'node:module';

const require = /* @__PURE__ */ createRequire(import.meta.url);

/** Node's own, also where the program deletes or replaces the global one. */
export const process = /* @__PURE__ */ findProcess();

function findProcess(): NodeJS.Process {
  const { process: known } = globalThis as { process?: NodeJS.Process };
  const isNodes = known !== undefined && Object.prototype.toString.call(known) === '[object process]';
  return isNodes ? known : (require('node:process') as NodeJS.Process);
}

export const loadCrypto = () => require('node:crypto') as typeof import('node:crypto');

/** @throws Error where Node was built without an inspector */
export const loadInspector = () => require('node:inspector') as typeof import('node:inspector');
