// generators, async ones too, that their readers leave early: `return` ends them
async function* numbers(i) {
  const row = { i };
  try {
    while (true) yield row;
  } finally {
    row.i = -1;
  }
}
function* pages(i) {
  while (true) yield { page: i };
}
exports.step = async (i) => {
  for await (const row of numbers(i)) if (row) break;
  for (const page of pages(i)) if (page) break;
};
