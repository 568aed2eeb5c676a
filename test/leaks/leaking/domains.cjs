// domains that timers keep
const domain = require('domain');
const ds = [];
exports.step = (i) => {
  const d = domain.create();
  d.on('error', () => {});
  d.run(() => {
    setInterval(() => i, 1e7).unref();
  });
};

exports.truth = { holder: /timers wait to call/, type: /^(Domain|Timeout)$/ };
