// Sends requests to a server as fast as it answers, over some connections: `node load.mjs PORT`. Each line of its input
// is a number of milliseconds; for each it prints one line of JSON with the requests a second and the 99th percentile in milliseconds.
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';

const port = Number(process.argv[2]);
const connections = 8;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

function once() {
  const start = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/products?page=1', agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(Number(process.hrtime.bigint() - start) / 1e6));
    }).on('error', reject);
  });
}

async function measure(milliseconds) {
  const end = Date.now() + milliseconds;
  const times = [];
  const worker = async () => {
    while (Date.now() < end) times.push(await once());
  };
  await Promise.all(Array.from({ length: connections }, worker));
  times.sort((a, b) => a - b);
  return { perSecond: times.length / (milliseconds / 1000), p99: times[Math.floor(times.length * 0.99)] };
}

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(await measure(Number(line))));
