// SPDX-License-Identifier: GPL-3.0-or-later
// What libuv's threads do, once in every way, and beside it what looks like that and is done in this thread. The lines
// are asserted.
const crypto = require('crypto');
const zlib = require('zlib');
const { promisify } = require('util');

async function random() {
  await promisify(crypto.randomBytes)(16);
}
async function derive() {
  await promisify(crypto.scrypt)('secret', 'salt', 16);
}
async function compress() {
  await promisify(zlib.gzip)('text');
}
async function alone() {
  crypto.randomUUID();
  crypto.scryptSync('secret', 'salt', 16);
  zlib.gunzipSync(zlib.gzipSync('text'));
  crypto.generateKeyPairSync('ed25519');
  process.on('SIGUSR2', alone);
  process.removeListener('SIGUSR2', alone);
  await new Promise((r) => setImmediate(r));
}

(async () => {})();
random().then(derive).then(compress).then(alone).then(() => console.log('done'));
