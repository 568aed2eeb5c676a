// a plain object as a cache, never emptied
class Page {
  constructor(i) {
    this.html = '<p>' + i;
  }
}
const pages = {};
exports.step = (i) => {
  pages['/page/' + i] = new Page(i);
};
exports.truth = { holder: /pages/, type: /^(Page)$/ };
