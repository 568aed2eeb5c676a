// words that are kept once, of which there are 256
const interned = new Map();
const intern = (word) => interned.get(word) ?? (interned.set(word, word), word);
const recent = new Array(20).fill('');
exports.step = (i) => void (recent[i % 20] = intern(['tag', (i * 31) % 256].join('-')));
