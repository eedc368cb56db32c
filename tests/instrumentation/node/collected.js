// SPDX-License-Identifier: GPL-3.0-or-later
// A task that nobody can go on with is collected. Run with --expose-gc.
'use strict';
async function forgotten() {
  await new Promise(() => {});
}
forgotten();
let rounds = 0;
const collect = setInterval(() => {
  global.gc();
  if (++rounds === 20) clearInterval(collect);
}, 1);
