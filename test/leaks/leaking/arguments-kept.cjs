// a tracer that keeps the `arguments` of each call, with the variables that they share with the function
const calls = [];
function traced(request, options) {
  calls.push(arguments);
  return () => request.url + options.depth;
}
exports.step = (i) => {
  traced({ url: '/u/' + i }, { depth: i });
};

exports.truth = { holder: /calls/, type: /^(Arguments|Object)$/ };
