exports.step = (i) =>
  JSON.parse(JSON.stringify({ i, list: Array.from({ length: 50 }, (_, k) => ({ k })) })).i;
