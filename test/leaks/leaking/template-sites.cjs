// tc39/ecma262#890: template objects as keys of a Map; each piece of code that is made at run time has template objects of its own
const parsed = new Map();
class Template {
  constructor(strings) {
    this.parts = strings.map((text) => text.trim());
  }
}
function html(strings) {
  let template = parsed.get(strings);
  if (!template) parsed.set(strings, (template = new Template(strings)));
  return template;
}
exports.step = (i) => {
  new Function('html', 'i', 'return html`<p id="${i}">text</p>`')(html, i);
};

exports.truth = { holder: /parsed/, type: /^Template$/ };
