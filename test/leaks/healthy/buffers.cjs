const { createHash } = require('node:crypto');
exports.step = (i) => createHash('sha256').update(Buffer.alloc(10000, i)).digest('hex');
