// `objgraph demo`: the example program.
import { runDemo } from '../demo.ts';
import type { Command } from './command.ts';

export const demo: Command = {
  help: `Usage: objgraph demo

Runs a program that leaks, and finds the leak: tables, the chain, and pictures. Where there is a screen, the viewer then
attaches to a server that leaks, takes two snapshots of it, and shows the suspects.
`,
  run: runDemo,
};
