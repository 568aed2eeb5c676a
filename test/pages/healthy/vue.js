import { createApp, h, nextTick, onMounted, onUnmounted, ref } from 'vue';
const Panel = {
  setup() {
    const top = ref(0);
    const onScroll = () => (top.value = window.scrollY);
    onMounted(() => document.addEventListener('scroll', onScroll));
    onUnmounted(() => document.removeEventListener('scroll', onScroll));
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
