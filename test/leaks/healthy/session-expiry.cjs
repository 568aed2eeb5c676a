const sessions = new Map();
exports.step = (i) => {
  sessions.set(i, { until: i + 20 });
  for (const [id, { until }] of sessions) if (until <= i) sessions.delete(id);
};
