// nodejs/node#9268: listeners on an emitter that lives as long as the program
const { EventEmitter } = require('events');
const bus = new EventEmitter();
bus.setMaxListeners(0);
class Conn {
  constructor(i) {
    this.id = i;
    this.buf = 'x'.repeat(200) + i;
    bus.on('config', this.onConfig.bind(this));
  }
  onConfig() {}
}
exports.step = (i) => {
  new Conn(i);
};

exports.truth = { holder: /bus/, type: /^(Function)$/ };
