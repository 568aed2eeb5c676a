// browserify/console-browserify#11: labels of console.time that are never ended
exports.step = (i) => console.time(`request ${i}`);

exports.truth = { holder: /console|Console|_times|[Tt]imers?/, type: /^(string|Array|Object)$/ };
