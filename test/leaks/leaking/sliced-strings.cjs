// nodejs/help#4437: a slice keeps the whole text
const titles = [];
exports.step = (i) => {
  const page = ('title of ' + i + ' ' + 'x'.repeat(500)).repeat(20);
  titles.push(page.slice(0, 25));
};
exports.truth = { holder: /titles/, type: /^(string)$/ };
