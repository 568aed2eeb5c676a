/* Truth: drop-down */
// connectedCallback listens to the document; there is no disconnectedCallback.
class DropDown extends HTMLElement {
  connectedCallback() {
    this.innerHTML = '<button>Open</button><ul><li>One</li></ul>';
    document.addEventListener('click', (event) => this.handleOutside(event));
  }
  handleOutside() {}
}
customElements.define('drop-down', DropDown);
export function run() {
  const element = document.createElement('drop-down');
  document.body.append(element);
  element.remove();
}
