import { flushSync, mount, unmount } from 'svelte';
import Badge from '../components/CleanBadge.svelte';
export function run() {
  const target = document.createElement('div');
  document.body.append(target);
  const badge = mount(Badge, { target });
  flushSync();
  void unmount(badge);
  target.remove();
}
