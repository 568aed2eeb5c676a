// Programs that leak, one a name. Arguments: the folder for their three snapshots, and the name of the leak. Work is done
// before each snapshot but the first.
import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import v8 from 'node:v8';

const require = createRequire(import.meta.url);
const [folder, leak] = process.argv.slice(2);

class Request {
  constructor(number) {
    this.url = `/items/${number}`;
    this.headers = { host: `host-${number}`, accept: `type-${number}` };
    this.body = new Array(20).fill(number / 7);
  }
}
class Session {
  constructor(number) {
    this.user = `user ${number}`;
    this.data = new Array(50).fill(number / 7);
  }
}

const cache = new Map();
const service = { sessions: [], index: null };
const bus = new EventEmitter();
bus.setMaxListeners(0);
const handlers = [];

/** A scope of two variables: the small function keeps the large one, too. */
function makeHandler(number) {
  const large = new Array(5000).fill(number / 7);
  const unused = () => large.length;
  return function handle() {
    return typeof unused;
  };
}

const bounded = new Map();
const tenants = new Map();
const numbers = { set: new Set(), array: [] };
const work = {
  clean: () => {
    for (let i = 0; i < 5000; i++) {
      bounded.set(`item ${i % 200}`, new Request(i % 200));
      new Session(i);
    }
  },
  cache: (round) => {
    for (let i = 0; i < 2000; i++) cache.set(`request ${round} ${i}`, new Request(i));
  },
  tree: () => {
    if (service.index) return;
    let list = null;
    for (let i = 0; i < 60_000; i++) list = { value: `value ${i}`, next: list };
    service.index = { list };
  },
  sessions: (round) => {
    if (round === 1) service.sessions = Array.from({ length: 4000 }, (_, i) => new Session(i));
  },
  survivors: () => {
    // Held one by one: no collection grows.
    for (let i = 0; i < 1500; i++)
      service.latest = Object.assign(new Session(i), { previous: service.latest });
  },
  scopes: (round) => {
    for (let i = 0; i < 20; i++) handlers.push(makeHandler(round * 100 + i));
  },
  listeners: (round) => {
    for (let i = 0; i < 300; i++) {
      const request = new Request(round * 1000 + i);
      bus.on('change', function onChange() {
        return request;
      });
    }
  },
  fired: () => {
    for (let i = 0; i < 300; i++) {
      const timer = setTimeout(function cleared() {}, 100_000);
      clearTimeout(timer);
      handlers.push(
        timer,
        setTimeout(function fired() {}, 0),
      );
    }
  },
  tenants: (round) => {
    for (let i = 0; i < 600; i++) {
      const name = `tenant ${i % 20}`;
      if (!tenants.has(name)) tenants.set(name, new Map());
      tenants.get(name).set(`request ${round} ${i}`, new Request(i));
    }
  },
  numbers: (round) => {
    for (let i = 0; i < 40_000; i++) {
      numbers.set.add(round * 100_000 + i);
      numbers.array.push(i);
    }
  },
  modules: (round) => {
    for (let i = 0; i < 50; i++) {
      const file = join(folder, `template-${round}-${i}.cjs`);
      writeFileSync(file, `exports.template = ${i};`);
      require(file);
    }
  },
  timers: (round) => {
    for (let i = 0; i < 300; i++) {
      const request = new Request(round * 1000 + i);
      setInterval(function poll() {
        return request;
      }, 100_000).unref();
    }
  },
};

globalThis.keep = () => [cache, service, bus, handlers, bounded, tenants, numbers];
for (let round = 0; round < 3; round++) {
  if (round > 0 || leak === 'clean') work[leak](round);
  await new Promise((turned) => setTimeout(turned, 5));
  v8.writeHeapSnapshot(join(folder, `${round + 1}.heapsnapshot`));
}
process.exit();
