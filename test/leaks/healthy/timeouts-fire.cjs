exports.step = (i) => new Promise((resolve) => setTimeout(resolve, i % 2));
