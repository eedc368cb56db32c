// SPDX-License-Identifier: GPL-3.0-or-later
// Waits until it is ended.
'use strict';
async function inner() {
  await new Promise((resolve) => setTimeout(resolve, 3600000));
}
async function waits() {
  await inner();
}
waits();
setImmediate(() => console.log('ready'));
