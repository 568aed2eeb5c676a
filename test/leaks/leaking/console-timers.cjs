// browserify/console-browserify#11: labels of console.time that are never ended
exports.step = (i) => console.time(`request ${i}`);

// Elsewhere the labels are no objects of JavaScript's.
exports.only = ['20', '22', '24', '26'];
exports.truth = { holder: /console|Console|_times|[Tt]imers?/, type: /^(string|Array|Object)$/ };
