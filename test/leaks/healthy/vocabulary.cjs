// the different words of texts: ever fewer are new
const words = new Map();
exports.step = (i) => {
  for (let n = 0; n < 3; n++) {
    const word = 'w' + Math.floor(200 * Math.abs(Math.sin(12.9898 * (3 * i + n))) ** 3);
    words.set(word, { word, count: (words.get(word)?.count ?? 0) + 1 });
  }
};
