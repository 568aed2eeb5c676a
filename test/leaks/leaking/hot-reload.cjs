// https://github.com/nodejs/node/issues/8443: a module that is dropped from require.cache and loaded again stays a child of its parent
const { writeFileSync, mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const file = join(mkdtempSync(join(tmpdir(), 'leak-')), 'settings.cjs');
writeFileSync(file, 'exports.limits = { perMinute: 60, burst: [1, 2, 3] };');
exports.step = () => {
  delete require.cache[file];
  require(file);
};
exports.truth = {
  holder: /children|Module .*settings\.cjs|modules? .*settings\.cjs/i,
  type: /^(Module|Object)$/,
};
exports.only = ['20', '22', '24', '26'];
