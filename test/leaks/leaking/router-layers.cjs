// expressjs/express#1500 in kind: a middleware that is added with every request
class Layer {
  constructor(path, handle) {
    this.regexp = new RegExp(`^${path}/?(?=/|$)`, 'i');
    this.keys = [];
    this.handle = handle;
  }
}
const router = { stack: [], params: {} };
exports.step = (i) => {
  router.stack.push(new Layer('/health', (request, response, next) => next(i)));
};

exports.truth = { holder: /stack|router/, type: /^Layer$/ };
