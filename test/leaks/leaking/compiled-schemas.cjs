// https://github.com/ajv-validator/ajv/issues/1413: compiled schemas in a Map by the schema object, of which each request makes a new one
class SchemaEnv {
  constructor(schema, validate) {
    this.schema = schema;
    this.validate = validate;
    this.refs = {};
  }
}
class Ajv {
  _cache = new Map();
  schemas = {};
  compile(schema) {
    const known = this._cache.get(schema);
    if (known) return known.validate;
    const validate = new Function('data', `return typeof data === ${JSON.stringify(schema.type)}`);
    const env = new SchemaEnv(schema, validate);
    validate.env = env;
    this._cache.set(schema, env);
    return validate;
  }
}
const ajv = new Ajv();
exports.step = (i) => ajv.compile({ type: 'object', properties: { id: { const: i } } })({});
exports.truth = { holder: /ajv/, type: /^SchemaEnv$/ };
