// nodejs/node#39813 in kind: a BroadcastChannel for each request, never closed
class Visit {
  constructor(i) {
    this.i = i;
  }
}
exports.step = (i) => {
  const visit = new Visit(i);
  const channel = new BroadcastChannel('visits');
  channel.onmessage = () => visit.i;
  channel.unref?.();
};
exports.only = ['20', '22', '24', '26'];

exports.truth = {
  holder: /BroadcastChannel|MessagePort|native/i,
  type: /BroadcastChannel|Visit|MessagePort|Function/,
};
