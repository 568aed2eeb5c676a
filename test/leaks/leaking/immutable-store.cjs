// https://github.com/reduxjs/redux/issues/1824: normalized entities that nothing removes; each action copies the state
class Todo {
  constructor(i) {
    this.id = `todo-${i}`;
    this.title = 'title ' + i;
  }
}
const reducer = (state, action) =>
  action.type === 'loaded'
    ? {
        ...state,
        entities: { ...state.entities, [action.todo.id]: action.todo },
        ids: [...state.ids, action.todo.id],
      }
    : state;
const createStore = (reduce, initial) => {
  let state = initial;
  return {
    dispatch: (a) => {
      state = reduce(state, a);
    },
    getState: () => state,
  };
};
const store = createStore(reducer, { entities: {}, ids: [], session: { user: 'a' } });
exports.step = (i) => store.dispatch({ type: 'loaded', todo: new Todo(i) });
exports.truth = { holder: /state/, type: /^(Todo|string)$/ };
