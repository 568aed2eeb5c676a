/* Truth: byId|entities */
// Reducers that copy the state: what was looked at is never taken out again.
let state = { ui: { isOpen: false }, entities: { users: { byId: {}, order: [] } } };
const reduce = (old, { type, user }) =>
  type === 'opened'
    ? {
        ...old,
        ui: { isOpen: true },
        entities: {
          ...old.entities,
          users: { byId: { ...old.entities.users.byId, [user.id]: user }, order: old.entities.users.order },
        },
      }
    : { ...old, ui: { isOpen: false } };
const listeners = new Set();
const dispatch = (action) => {
  state = reduce(state, action);
  for (const each of listeners) each();
};
globalThis.store = { dispatch, getState: () => state };
export function run() {
  dispatch({ type: 'opened', user: { id: crypto.randomUUID(), name: 'Anna', roles: ['a'] } });
  dispatch({ type: 'closed' });
}
