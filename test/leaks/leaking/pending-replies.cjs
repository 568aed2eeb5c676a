// remote calls whose replies never come: each waits in a table by its number
class Call {
  constructor(i, resolve) {
    this.method = 'get' + i;
    this.resolve = resolve;
  }
}
const client = { pending: {} };
exports.step = (i) => {
  void new Promise((resolve) => (client.pending[7919 * i] = new Call(i, resolve)));
};

exports.truth = { holder: /client\.pending/, type: /^(Call)$/ };
