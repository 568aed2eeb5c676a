// getodk/web-forms#738: URL.createObjectURL for each file, and none is revoked
const { Blob } = require('node:buffer');
exports.step = (i) => {
  URL.createObjectURL(new Blob(['x'.repeat(2000), String(i)]));
};
exports.only = ['20', '22', '24', '26'];

exports.truth = { holder: /blob/i, type: /Blob/ };
