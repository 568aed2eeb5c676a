// a state that each action copies; the oldest rows are removed
class Row {
  constructor(i) {
    this.id = i;
    this.t = 't' + i;
  }
}
let state = { byId: {}, order: [] };
exports.step = (i) => {
  const byId = { ...state.byId, ['r' + i]: new Row(i) };
  const order = [...state.order, 'r' + i];
  if (order.length > 60) delete byId[order.shift()];
  state = { byId, order };
};
