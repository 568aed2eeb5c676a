// `utilityProcess`: a process of Node that has Electron's port to its parent (utility-port.mjs).
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';

const port = new URL('./utility-port.mjs', import.meta.url).href;

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(script: string, args: readonly string[]) {
    super();
    this.#child = fork(script, args, {
      execArgv: ['--import', port],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (status) => this.emit('exit', status));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  kill(): boolean {
    return this.#child.kill();
  }

  postMessage(message: object): void {
    this.#child.send(message);
  }
}

export const utilityProcess = {
  fork: (script: string, args: readonly string[] = []) => new UtilityProcess(script, args),
};
