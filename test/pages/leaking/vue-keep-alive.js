/* Truth: cache|KeepAlive|UserPage */
// KeepAlive without a maximum, with a key for each visit.
import { createApp, h, KeepAlive, nextTick, ref } from 'vue';
const UserPage = {
  name: 'UserPage',
  props: ['id'],
  setup: (props) => () => h('main', [h('h1', `user ${props.id}`)]),
};
const id = ref(null);
const Home = { name: 'HomePage', setup: () => () => h('main', 'home') };
createApp({
  setup: () => () =>
    h(KeepAlive, null, {
      default: () => (id.value === null ? h(Home) : h(UserPage, { key: id.value, id: id.value })),
    }),
}).mount(document.body.appendChild(document.createElement('div')));
let next = 0;
export async function run() {
  id.value = next++;
  await nextTick();
  id.value = null;
  await nextTick();
}
