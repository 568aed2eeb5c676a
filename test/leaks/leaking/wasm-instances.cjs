// an instance of WebAssembly for each job, in a registry
const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 5, 1, 1, 109, 2, 0]);
const module_ = new WebAssembly.Module(bytes);
const instances = new Map();
exports.step = (i) => void instances.set(`job-${i}`, new WebAssembly.Instance(module_));

exports.only = ['20', '22', '24', '26', 'deno'];

exports.truth = { holder: /instances/, type: /^(Instance|WebAssembly|Memory|Object|ArrayBuffer)/ };
