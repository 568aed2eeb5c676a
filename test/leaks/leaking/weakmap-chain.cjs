// after graphql-js and Apollo's documents: the value of one WeakMap is the key of another one, and refers back to the first key
const parsed = new WeakMap();
const printed = new WeakMap();
class Parsed {
  constructor(query) {
    this.query = query;
    printed.set(this, { parsed: this, text: ['{ a }'] });
  }
}
const store = { links: { persisted: { queries: new Set() } } };
exports.step = (i) => {
  const query = { text: `{ item(id: ${i}) }`, i };
  parsed.set(query, new Parsed(query));
  store.links.persisted.queries.add(query);
};
exports.truth = { holder: /^Set `\S*queries`/, type: /^Parsed$/ };
