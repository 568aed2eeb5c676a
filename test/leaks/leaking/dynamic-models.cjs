// Automattic/mongoose#2874: a class for each tenant, which the connection keeps under its name
class Model {
  constructor(document) {
    this.document = document;
  }
}
class Database {
  models = {};
  model(name, schema) {
    const Compiled = class extends Model {};
    Compiled.schema = schema;
    Compiled.modelName = name;
    return (this.models[name] = Compiled);
  }
}
const database = new Database();
exports.step = (i) => new (database.model(`tenant${i}`, { paths: ['name', 'age'] }))({ name: 'x' });

exports.truth = { holder: /models/, type: /^(Function|Compiled|Class)$/ };
