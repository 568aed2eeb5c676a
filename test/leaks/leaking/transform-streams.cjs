// web streams that are piped into one another and never end
class Session {
  constructor(i) {
    this.id = i;
  }
}
const gate = new Promise(() => {});
exports.step = (i) => {
  const session = new Session(i);
  const source = new ReadableStream({ pull: () => gate.then(() => session.id) });
  void source.pipeTo(new WritableStream({ write() {} }));
};

// In a page, Blink holds the streams as long as they are piped.
exports.truth = {
  holder: /gate|held by native code/,
  type: /^(Session|ReadableStream|Promise|Function)$/,
};
