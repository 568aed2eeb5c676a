// What the console shows is no leak of the page.
export function run() {
  const element = document.createElement('section');
  document.body.append(element);
  console.log('opened', element, { element });
  element.remove();
}
