// addresses as URL objects, each with its parameters, in a list of redirects
const redirects = [];
exports.step = (i) => {
  const url = new URL(`https://example.com/p/${i}?from=${i}`);
  url.searchParams.set('round', String(i));
  redirects.push(url);
};

exports.truth = { holder: /redirects/, type: /^URL/ };
