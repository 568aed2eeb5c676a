// an array that is used as an object: it has a length of 0
class Locale {
  constructor(tag) {
    this.tag = tag;
  }
}
const locales = [];
exports.step = (i) => void (locales[`de-x-${i}`] = new Locale(`de-x-${i}`));

exports.truth = { holder: /locales/, type: /^Locale$/ };
