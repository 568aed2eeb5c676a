// a cache with an index by tag, from which an entry is removed with it; hot keys are used again and become the youngest
const entries = new Map();
const keysOfTag = new Map();
const drop = (key) => {
  const { tags } = entries.get(key);
  entries.delete(key);
  for (const tag of tags) {
    const keys = keysOfTag.get(tag);
    keys.delete(key);
    if (keys.size === 0) keysOfTag.delete(tag);
  }
};
exports.step = (i) => {
  const key = i % 3 === 0 ? `hot ${i % 11}` : `cold ${i}`;
  const entry = entries.get(key) ?? { tags: ['all', `author-${i % 90}`], body: 'text ' + i };
  if (entries.has(key)) entries.delete(key);
  entries.set(key, entry);
  for (const tag of entry.tags) {
    if (!keysOfTag.has(tag)) keysOfTag.set(tag, new Set());
    keysOfTag.get(tag).add(key);
  }
  while (entries.size > 60) drop(entries.keys().next().value);
};
