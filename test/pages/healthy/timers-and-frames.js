// Timers that fire, frames that are drawn, promises that settle.
export async function run() {
  const element = document.createElement('div');
  document.body.append(element);
  await new Promise((done) => setTimeout(done, 3));
  await new Promise((done) => requestAnimationFrame(done));
  const url = URL.createObjectURL(new Blob(['text']));
  await (await fetch(url)).text();
  URL.revokeObjectURL(url);
  element.remove();
}
