/* Truth: ports|MessagePort */
// Ports that are never closed.
const ports = [];
export function run() {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = function onPort() {};
  ports.push(port2);
}
