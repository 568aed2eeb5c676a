// `objgraph demo`: the example program.
import { runDemo } from '../demo.ts';
import type { Command } from './command.ts';

export const demo: Command = {
  help: `Usage: objgraph demo

Runs a program that leaks, and finds the leak: tables, the chain, pictures, and the viewer where there is a screen.
`,
  run: runDemo,
};
