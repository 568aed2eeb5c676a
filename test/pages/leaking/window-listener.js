/* Truth: onResize */
// The dialog's listener of the window outlives the dialog.
class Dialog {
  open() {
    this.element = document.createElement('div');
    this.element.className = 'modal';
    this.element.innerHTML = '<p>Are you sure?<b>Yes</b></p>';
    document.body.append(this.element);
    const { element } = this;
    window.addEventListener('resize', function onResize() {
      element.hidden = false;
    });
  }
  close() {
    this.element.remove();
  }
}
export function run() {
  const dialog = new Dialog();
  dialog.open();
  dialog.close();
}
