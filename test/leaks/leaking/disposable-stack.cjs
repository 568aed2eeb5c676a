// a stack of what is to be disposed of at the end of the program, to which each request adds
let atEnd;
exports.start = () => {
  atEnd = new DisposableStack();
};
class Handle {
  constructor(i) {
    this.i = i;
  }
  [Symbol.dispose]() {
    this.isClosed = true;
  }
}
exports.step = (i) => {
  atEnd.use(new Handle(i));
};
exports.truth = { holder: /atEnd/, type: /^Handle$/ };
exports.only = ['24', '26', 'chromium', 'deno'];
