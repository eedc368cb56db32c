// SPDX-License-Identifier: GPL-3.0-or-later
// Each worker has a loop of its own.
'use strict';
const { Worker, isMainThread, workerData } = require('worker_threads');

async function work(n) {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return n;
}

if (isMainThread) for (const n of [1, 2]) new Worker(__filename, { workerData: n });
else work(workerData);
