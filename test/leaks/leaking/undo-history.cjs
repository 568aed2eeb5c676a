// states that share their parts, each with the one before it
let state = { past: null, items: { head: null, size: 0 } };
exports.step = (i) => {
  state = { past: state, items: { head: { value: i, next: state.items.head }, size: i + 1 } };
};

exports.truth = { holder: /state/, type: /^Object$/ };
