// https://github.com/vercel/next.js/issues/92287 in kind: what is enqueued for a reader that never comes stays in the stream
let push;
const feed = new ReadableStream({ start: (controller) => (push = controller) });
class Update {
  constructor(i) {
    this.i = i;
    this.text = 'price ' + i;
  }
}
exports.step = (i) => {
  push.enqueue(new Update(i));
};
exports.feed = feed;
exports.truth = { holder: /push|feed/, type: /^Update$/ };
