// Starts a program that reads lines of a bench and answers each with a line.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export function talk(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    next: async () => (await lines.next()).value,
    say: (text) => child.stdin.write(`${text}\n`),
  };
}
