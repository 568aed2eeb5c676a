const names = ['zlib', 'dns', 'readline', 'querystring', 'tty'];
exports.step = (i) => require('node:' + names[i % names.length]);
