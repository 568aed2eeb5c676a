// A list of 10,000 rows of which twenty are in the document.
const list = document.createElement('div');
document.body.append(list);
const rows = Array.from({ length: 10_000 }, (_, i) => `row ${i}`);
function show(from) {
  list.replaceChildren(
    ...rows.slice(from, from + 20).map((text) => {
      const row = document.createElement('div');
      row.className = 'row';
      row.textContent = text;
      row.addEventListener('click', () => row.remove());
      return row;
    }),
  );
}
show(0);
export function run() {
  for (let from = 0; from < 200; from += 20) show(from);
  show(0);
}
