// brianc/node-postgres#1889: a client remembers every named statement, and the names have the values in them
class Statement {
  constructor(name, text) {
    this.name = name;
    this.text = text;
  }
}
class Connection {
  parsedStatements = Object.create(null);
  query({ name, text }) {
    this.parsedStatements[name] ??= new Statement(name, text);
    return Promise.resolve([]);
  }
}
const clients = [new Connection(), new Connection(), new Connection()];
exports.step = (i) =>
  clients[i % 3].query({ name: `orders-of-${i}`, text: `select * from orders where id = ${i}` });

exports.truth = { holder: /parsedStatements/, type: /^Statement$/ };
