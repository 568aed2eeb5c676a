// https://github.com/openclaw/openclaw/pull/86701 in kind: a watcher for each question, of the same few files, never closed
const { watch } = require('node:fs');
class Question {
  constructor(i) {
    this.i = i;
    this.watcher = watch(__filename, { persistent: false }, () => this.stale());
  }
  stale() {
    this.isStale = true;
  }
}
exports.step = (i) => {
  new Question(i);
};
exports.truth = { holder: /native code/, type: /^(FSWatcher|FSEvent|Question)$/ };
exports.only = ['20', '22', '24', '26'];
