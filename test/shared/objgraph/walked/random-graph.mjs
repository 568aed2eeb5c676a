// Random graphs of the kinds of objects that programs are mostly made of.
class Alpha {}
class Beta {
  tag = 'beta';
}
class Gamma extends Beta {}

/** Mulberry32, by Tommy Ettinger. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export const randomGraph = (seed) => {
  const below = random(seed);
  const makers = [
    () => ({}),
    () => [],
    () => new Map(),
    () => new Set(),
    () => new Alpha(),
    () => new Beta(),
    () => new Gamma(),
    () => new Date(below(1e9)),
    () => /x/,
  ];
  const objects = Array.from({ length: 3 + below(60) }, () => makers[below(makers.length)]());
  const plain = [
    () => below(1000),
    () => below(100) / 7,
    () => `t${below(50)}`,
    () => null,
    () => undefined,
    () => true,
  ];
  const links = objects.length * (1 + below(3));
  for (let i = 0; i < links; i++) {
    const owner = objects[below(objects.length)];
    const value = below(4) === 0 ? plain[below(plain.length)]() : objects[below(objects.length)];
    if (Array.isArray(owner)) owner.push(value);
    else if (owner instanceof Map) owner.set(below(2) ? `k${below(30)}` : below(30), value);
    else if (owner instanceof Set) owner.add(value);
    else owner[`p${below(8)}`] = value;
  }
  return {
    objects: objects.slice(0, 1 + below(3)),
    options: { maxDepth: below(6), tooMany: 1 + below(12), style: below(4) === 0 ? 'classic' : 'cards' },
  };
};
