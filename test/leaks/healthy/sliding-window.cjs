const seen = new Set();
const order = [];
exports.step = (i) => {
  const id = 'msg-' + i;
  seen.add(id);
  order.push(id);
  if (order.length > 20) seen.delete(order.shift());
};
