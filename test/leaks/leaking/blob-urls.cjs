// objects in nested objects by two keys
const byUser = {};
exports.step = (i) => {
  const user = (byUser['u' + (i % 10)] ??= {});
  user['file' + i] = { i };
};
exports.truth = { holder: /byUser/, type: /^(Object)$/ };
