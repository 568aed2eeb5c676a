/* Truth: subscribers|follow */
// A component subscribes to a list of its module by hand.
import { flushSync, mount, unmount } from 'svelte';
import Badge from '../components/LeakyBadge.svelte';
export function run() {
  const target = document.createElement('div');
  document.body.append(target);
  const badge = mount(Badge, { target });
  flushSync();
  void unmount(badge);
  target.remove();
}
