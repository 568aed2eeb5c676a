// Findings that turn out to be one: more of the same objects, or other objects that come with them.
import type { GrowingGroup } from './growing-group.ts';

/** Adds more objects of the same kind. */
export function addMembers(to: GrowingGroup, other: GrowingGroup): void {
  const [mine, theirs] = [to, other].map(({ counts }) => counts.at(-1)! - counts[0]);
  to.survival = (to.survival * mine + other.survival * theirs) / (mine + theirs);
  to.counts = to.counts.map((count, i) => count + other.counts[i]);
  to.members.push(...other.members);
  addRest(to, other);
}

/** Adds what comes with it, and is another thing. */
export function addConsequence(to: GrowingGroup, other: GrowingGroup): void {
  to.consequences.push({ group: other.group, counts: other.counts });
  addRest(to, other);
}

function addRest(to: GrowingGroup, other: GrowingGroup): void {
  to.consequences.push(...other.consequences);
  to.bytes = to.bytes.map((bytes, i) => bytes + other.bytes[i]);
}
