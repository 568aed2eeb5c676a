// The one narrow bridge from the page to main: the page can send requests and hear messages, and has nothing else of Electron.
// What crosses is text, as on the loopback, and is checked on the other side.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Host, MainMessage, RequestMessage } from '../shared/protocol.ts';

const host: Host = {
  send: (message: RequestMessage) => ipcRenderer.send('protocol', JSON.stringify(message)),
  pathOf: (file: File) => webUtils.getPathForFile(file),
  receive: (listener: (message: MainMessage) => void) =>
    void ipcRenderer.on('protocol', (_event, message: MainMessage) => listener(message)),
};

contextBridge.exposeInMainWorld('objgraphHost', host);
