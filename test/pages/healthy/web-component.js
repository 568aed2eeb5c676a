class CleanMenu extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = '<slot></slot><button>Open</button>';
    this.listener = () => this.remove();
    document.addEventListener('click', this.listener);
  }
  disconnectedCallback() {
    document.removeEventListener('click', this.listener);
  }
}
customElements.define('clean-menu', CleanMenu);
export function run() {
  const element = document.createElement('clean-menu');
  document.body.append(element);
  element.remove();
}
