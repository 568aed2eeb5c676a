// Switches of Chromium and V8 by which another program that starts the installed app could steer it, read its windows, or run
// code in it. The app has rights that such a program may lack: it attaches to processes, and systems know it by its signature.

const refused = [
  ...['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins'],
  ...['remote-debugging-io-pipes', 'remote-debugging-socket-name', 'enable-automation', 'single-process'],
  ...['disable-site-isolation-trials', 'ssl-key-log-file', 'unsafely-treat-insecure-origin-as-secure'],
  ...['load-extension', 'disable-extensions-except', 'disable-web-security', 'allow-file-access-from-files'],
  ...['js-flags', 'gpu-launcher', 'renderer-cmd-prefix', 'utility-cmd-prefix', 'browser-subprocess-path'],
  ...['host-rules', 'host-resolver-rules', 'proxy-server', 'proxy-pac-url', 'log-net-log'],
];

/** The first of these switches that the app was started with; null when there is none. */
export function refusedSwitch(hasSwitch: (name: string) => boolean): string | null {
  return refused.find(hasSwitch) ?? null;
}
