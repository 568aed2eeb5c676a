// a handler that each change of the configuration replaces
// server that hot-swaps its handler: closures chain to config but the last one only
let config = { version: 0, flags: {} };
let handler = () => config;
exports.step = (i) => {
  const mine = { version: i, flags: { a: i } };
  config = mine;
  handler = (
    (prev) => () =>
      prev
  )(mine);
  return handler().version;
};
