// Opens connections that do nothing, and says how much memory the gateway has with them; ends with an error where that is more than a limit, or where it no longer answers.
//   node tests/clients/idle.mjs http://127.0.0.1:4000 PID 10000 200
import { connect } from 'node:net';
import { readFileSync } from 'node:fs';

const [url, id, count, limit] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const megabytes = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]) / 1024;
const before = megabytes();
const sockets = [];
const open = () =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(sockets.push(socket)));
    socket.on('error', reject);
  });
while (sockets.length < Number(count)) await Promise.all(Array.from({ length: Math.min(100, Number(count) - sockets.length) }, open));
const answer = await fetch(`${url}/health/liveness`);
const after = megabytes();
console.log(`idle: ${before.toFixed(0)} MB, with ${sockets.length} connections ${after.toFixed(0)} MB`);
for (const socket of sockets) socket.destroy();
if (!answer.ok || after > Number(limit)) process.exit(1);
