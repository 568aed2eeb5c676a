// objects by ids that are large numbers: V8 keeps them in a dictionary of elements
const byId = [];
class Device {
  constructor(id) {
    this.id = id;
  }
}
exports.step = (i) => {
  const id = 4_000_000 + 7919 * i;
  byId[id] = new Device(id);
};

exports.truth = { holder: /byId/, type: /^Device$/ };
