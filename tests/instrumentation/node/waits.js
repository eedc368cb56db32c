// SPDX-License-Identifier: GPL-3.0-or-later
// What an async function can wait for, in an order that does not depend on time. The lines are asserted.
'use strict';
const fs = require('fs');
const { spawn } = require('child_process');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function inner(value) {
  await sleep(1);
  return value;
}

const programs = {
  async sleeps() {
    await sleep(1);
  },
  async calls() {
    await inner(1);
  },
  async gathers() {
    await Promise.all([inner(1), inner(2)]);
  },
  async value() {
    await 1;
  },
  async reads() {
    await fs.promises.readFile(__filename);
  },
  async child() {
    await new Promise((resolve) => spawn('true').on('exit', resolve));
  },
  async future() {
    let open;
    const gate = new Promise((resolve) => (open = resolve));
    setImmediate(open);
    await gate;
  },
  async fails() {
    await null;
    throw new TypeError('no such thing');
  },
  async never() {
    await new Promise(() => {});
  },
};

programs[process.argv[2]]().catch(() => {});
