// a bounded cache with an index by tag: entries are evicted, their keys stay in the Sets of the tags
const entries = new Map();
const keysOfTag = new Map();
exports.step = (i) => {
  const key = `/product/${i}?currency=eur`;
  entries.set(key, { body: `page ${i}` });
  for (const tag of ['products', `category-${i % 4}`]) {
    if (!keysOfTag.has(tag)) keysOfTag.set(tag, new Set());
    keysOfTag.get(tag).add(key);
  }
  if (entries.size > 40) entries.delete(entries.keys().next().value);
};
exports.truth = { holder: /keysOfTag/, type: /^(\(?string\)?|Set)$/ };
