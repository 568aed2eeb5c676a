// A heap of small objects: users in a Map, each with a name, tags and an address. About 100 MB from 500,000 users.
export class User {
  constructor(i) {
    this.id = i;
    this.name = `user-${i}`;
    this.tags = ['a', 'b'];
    this.address = { zip: i };
  }
}

export function fill(users) {
  const all = new Map();
  for (let i = 0; i < users; i++) all.set(i, new User(i));
  globalThis.users = all;
  return all;
}
