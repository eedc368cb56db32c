// SPDX-License-Identifier: GPL-3.0-or-later
// An HTTP server of async functions, and ten clients that load it, in one process.
const http = require('http');
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
async function lookUp(n) { await sleep(1 + n % 3); return n * n; }
async function handle(request, response) {
  const n = Number(request.url.slice(1));
  const value = await lookUp(n);
  response.end(String(value));
}
const agent = new http.Agent({ keepAlive: true });  // as by default since Node 19
const server = http.createServer((request, response) => { handle(request, response); });
const get = (url) => new Promise((resolve, reject) => http.get(url, { agent }, (r) => { let all = ''; r.on('data', (d) => all += d); r.on('end', () => resolve(all)); }).on('error', reject));
async function client(port, first, count) {
  let sum = 0;
  for (let n = first; n < first + count; ++n) sum += Number(await get(`http://127.0.0.1:${port}/${n}`));
  return sum;
}
server.listen(0, '127.0.0.1', async () => {
  const port = server.address().port;
  const sums = await Promise.all(Array.from({ length: 10 }, (_, i) => client(port, i * 20, 20)));
  console.log(sums.reduce((a, b) => a + b));
  agent.destroy();
  server.close();
});
