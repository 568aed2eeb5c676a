// a recording in one resizable buffer, which grows in place
const recording = new ArrayBuffer(0, { maxByteLength: 1 << 28 });
exports.step = () => {
  recording.resize(recording.byteLength + 4096);
  new Uint8Array(recording).fill(7, -4096);
};

exports.truth = { holder: /recording/, type: /ArrayBuffer/ };
