// fs.watchFile for each request of one file: its listeners stay until unwatchFile
const fs = require('node:fs');
exports.step = (i) => fs.watchFile(__filename, { persistent: false, interval: 1e6 }, () => i);

exports.truth = { holder: /listeners of `change`|[Ww]atcher/, type: /^Function$/ };
