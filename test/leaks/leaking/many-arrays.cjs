// an array per room
class Room {
  constructor(n) {
    this.name = n;
    this.messages = [];
  }
}
const rooms = Array.from({ length: 50 }, (_, i) => new Room('r' + i));
exports.step = (i) => {
  rooms[i % 50].messages.push({ from: 'u' + i, text: 'hello ' + i });
};

exports.truth = { holder: /rooms/, type: /^(Object)$/ };
