// an index that keeps its entries as properties of itself, and one that an array has beside its items
class Article {
  constructor(id) {
    this.id = id;
  }
}
class Index {
  add(article) {
    this[`article ${article.id}`] = article;
  }
}
const index = new Index();
exports.step = (i) => index.add(new Article(i));

exports.truth = { holder: /index/i, type: /^Article$/ };
