// The quantities of analyses are written as all others are.
export { grouped, inBytes } from '../quantities.ts';
