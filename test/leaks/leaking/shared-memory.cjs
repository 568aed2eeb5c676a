// memory that is shared with workers, one for each job
const memories = [];
exports.step = (i) => {
  const view = new Int32Array(new SharedArrayBuffer(4096));
  view[0] = i;
  memories.push(view);
};
exports.only = ['20', '22', '24', '26', 'deno'];

exports.truth = { holder: /memories/, type: /^(Int32Array|SharedArrayBuffer|system|JSArrayBufferData)/ };
