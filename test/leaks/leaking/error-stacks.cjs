// errors that are kept for a report
const failures = [];
exports.step = (i) => {
  try {
    null.x;
  } catch (error) {
    failures.push(error);
  }
  void i;
};
exports.truth = { holder: /failures/, type: /^(Error|TypeError)$/ };
