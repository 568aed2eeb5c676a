// a cache that is a dependency's own
const Module = require('node:module');
const { join } = require('node:path');
const dependency = new Module(join(__dirname, 'node_modules/slugger/index.js'));
dependency.filename = dependency.id;
dependency._compile(
  `const seen = {};
   class Slug { constructor(text) { this.text = text; } }
   module.exports = (text) => (seen[text] ??= new Slug(text)).text;`,
  dependency.filename,
);
const slug = dependency.exports;
exports.step = (i) => slug('Title number ' + i);

exports.truth = { holder: /seen/, type: /^Slug$/ };
