// Gives a process of Node the `process.parentPort` of Electron's utility processes.
import { EventEmitter } from 'node:events';

class Port extends EventEmitter {
  postMessage(message) {
    process.send(message);
  }
}

const port = new Port();
process.parentPort = port;
// Node keeps messages until the first listener, as Electron does.
port.once('newListener', () => process.on('message', (data) => port.emit('message', { data })));
