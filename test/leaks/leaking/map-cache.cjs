// a cache without a bound
class User {
  constructor(i) {
    this.id = i;
    this.name = 'name' + i;
  }
}
const cache = new Map();
exports.step = (i) => {
  cache.set('k' + i, new User(i));
};

exports.truth = { holder: /cache/, type: /^(User)$/ };
