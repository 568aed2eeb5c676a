/* Truth: IntersectionObserver|onSeen */
// Lazy images observe a sentinel that stays.
const sentinel = document.createElement('i');
document.body.append(sentinel);
export function run() {
  const image = document.createElement('img');
  document.body.append(image);
  new IntersectionObserver(function onSeen() {
    image.alt = 'seen';
  }).observe(sentinel);
  image.remove();
}
