// import-fresh#23: modules from ever new files
const fs = require('fs'),
  os = require('os'),
  path = require('path');
const dir = fs.mkdtempSync(os.tmpdir() + '/rq-');
exports.step = (i) => {
  const f = path.join(dir, `tpl${i}.js`);
  fs.writeFileSync(f, `module.exports={t:${i},render(x){return x+${i}}}`);
  require(f);
  fs.unlinkSync(f);
};

exports.truth = { holder: /require.cache/, type: /^(Module)$/ };
