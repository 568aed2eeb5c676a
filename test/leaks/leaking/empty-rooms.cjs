// socketio/socket.io-adapter: members leave, and rooms without members stay
const rooms = new Map();
const join = (room, user) => {
  if (!rooms.has(room)) rooms.set(room, new Set());
  rooms.get(room).add(user);
};
exports.step = (i) => {
  join(`room-${i}`, `user-${i}`);
  rooms.get(`room-${i}`).delete(`user-${i}`);
};

exports.truth = { holder: /rooms/, type: /^Set$/ };
