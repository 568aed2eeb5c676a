// a trie of paths, in plain objects: a router that learns each path it sees
const routes = {};
exports.step = (i) => {
  let at = routes;
  for (const part of `users/${i % 7}/orders/${i}/items`.split('/')) at = at[part] ??= {};
};

exports.truth = { holder: /routes/, type: /^Object$/ };
