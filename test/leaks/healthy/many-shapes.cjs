// objects of ever new shapes, which are used and dropped: V8 keeps maps and code for a while
const read = (object) => Object.keys(object).length;
let last;
exports.step = (i) => {
  const text = JSON.stringify({ ['field' + i]: i, ['other' + (i % 50)]: [i], nested: { ['n' + i]: null } });
  const object = JSON.parse(text);
  last = read(object) + read(object.nested);
  return last;
};
