// nodejs/undici in kind: AbortSignal.timeout() of an hour for each request, with a listener
class Upstream {
  constructor(i) {
    this.i = i;
  }
}
exports.step = (i) => {
  const upstream = new Upstream(i);
  AbortSignal.timeout(3_600_000).addEventListener('abort', () => upstream.i);
};
exports.only = ['20', '22', '24', '26', 'deno'];

exports.truth = { holder: /abort|AbortSignal|timer|Timeout/i, type: /AbortSignal|Upstream|Timeout|Function/ };
