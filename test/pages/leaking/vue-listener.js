/* Truth: onScroll */
// A component adds a listener when it is mounted, and has no unmounted hook.
import { createApp, h, nextTick, onMounted, ref } from 'vue';
const Panel = {
  name: 'SidePanel',
  setup() {
    const top = ref(0);
    onMounted(() => {
      document.addEventListener('scroll', function onScroll() {
        top.value = window.scrollY;
      });
    });
    return () => h('aside', { class: 'panel' }, [h('p', String(top.value))]);
  },
};
export async function run() {
  const host = document.createElement('div');
  document.body.append(host);
  const app = createApp(Panel);
  app.mount(host);
  await nextTick();
  app.unmount();
  host.remove();
}
