// immutable-js/immutable-js#1479 in kind: a persistent hash map (a trie of 32 branches) to which sessions come and from which none goes
class Session {
  constructor(i) {
    this.user = 'u' + i;
  }
}
class Branch {
  constructor(bitmap, children) {
    this.bitmap = bitmap;
    this.children = children;
  }
}
class Leaf {
  constructor(hash, key, value) {
    this.hash = hash;
    this.entry = [key, value];
  }
}
const hashOf = (text) => {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return Math.imul(hash, 0x9e3779b1) >>> 0;
};
const places = (bits) => {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
};
function insert(node, shift, leaf) {
  if (!node) return leaf;
  if (node instanceof Leaf) {
    if (node.hash === leaf.hash) return leaf;
    return insert(new Branch(1 << ((node.hash >>> shift) & 31), [node]), shift, leaf);
  }
  const bit = 1 << ((leaf.hash >>> shift) & 31);
  const place = places(node.bitmap & (bit - 1));
  const children = node.children.slice();
  if (node.bitmap & bit) children[place] = insert(children[place], shift + 5, leaf);
  else children.splice(place, 0, leaf);
  return new Branch(node.bitmap | bit, children);
}
let root;
exports.step = (i) => {
  const key = 'session-' + i;
  root = insert(root, 0, new Leaf(hashOf(key), key, new Session(i)));
};

exports.truth = { holder: /root/, type: /^(Session|Leaf)$/ };
