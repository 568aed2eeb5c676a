// Modules of Node whose import is expensive for every program that loads the library. Importing `node:process` reads all its properties,
// which opens the three standard streams; few calls need `node:crypto` and `node:inspector`. Together they would add a sixth to the heap
// of a small program, and a fifth to the time of each snapshot of it.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Node's own, also where the program has deleted or replaced the global one. */
export const process = require('node:process') as NodeJS.Process;

export const loadCrypto = () => require('node:crypto') as typeof import('node:crypto');

/** @throws Error where Node was built without an inspector */
export const loadInspector = () => require('node:inspector') as typeof import('node:inspector');
