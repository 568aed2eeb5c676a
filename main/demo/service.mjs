// The program under the magnifying glass: a very explicit and easy-to-find leak.
export class MyBigFatObject {}

const cache = new Map();

export function computateSomething() {
  cache.set(42, { foo: new MyBigFatObject(), bar: new MyBigFatObject() });
}
