// Objects that only scopes hold: of a module, a function, a block, a generator, an async function, a caught error.
// Argument: the folder for the snapshot.
import { join } from 'node:path';
import v8 from 'node:v8';

class OfModule {}
class OfFunction {}
class OfBlock {}
class OfGenerator {}
class OfAsync {}
class OfCatch {}
class OfProxy {}
class OfPrivate {}
class OfReaction {}
class OfAnswer {}

const table = new Map([['ticket', new OfModule()]]);
function makeStore() {
  const inFunction = new OfFunction();
  const functions = [() => inFunction];
  {
    const inBlock = new OfBlock();
    functions.push(() => inBlock);
  }
  try {
    throw new OfCatch();
  } catch (caught) {
    functions.push(() => caught);
  }
  return functions;
}
function* generate() {
  const inGenerator = new OfGenerator();
  yield 1;
  return inGenerator;
}
const pending = new Promise(() => {});
async function wait() {
  const inAsync = new OfAsync();
  await pending;
  return inAsync;
}
async function waitFor(answer) {
  const inAnswer = new OfAnswer();
  await answer;
  return inAnswer;
}
let resolve;
void waitFor(new Promise((own) => (resolve = own)));
class Private {
  #secret = new OfPrivate();
  get secret() {
    return this.#secret;
  }
}
const generator = generate();
generator.next();
void wait();
const reaction = new OfReaction();
void pending.then(() => reaction);
globalThis.kept = {
  size: () => table.size,
  functions: makeStore(),
  generator,
  pending,
  proxy: new Proxy(new OfProxy(), {}),
  private: new Private(),
  resolve,
};
v8.writeHeapSnapshot(join(process.argv[2], '1.heapsnapshot'));
