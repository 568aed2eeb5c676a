// after jsdom's `proxyHandlerCache`: each value of a WeakMap refers to its key, which a list far from it keeps
const handlers = new WeakMap();
class Handler {
  constructor(page) {
    this.page = page;
  }
}
class Page {
  constructor(i) {
    this.number = i;
    handlers.set(this, new Handler(this));
  }
}
const browser = { profile: { session: { tabs: { closed: [] } } } };
exports.step = (i) => {
  browser.profile.session.tabs.closed.push(new Page(i));
};
exports.truth = { holder: /^Array `\S*closed`/, type: /^Page$/ };
