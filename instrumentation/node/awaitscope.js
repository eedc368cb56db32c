// SPDX-License-Identifier: MIT
'use strict';
// Makes a Node.js program visible to Awaitscope: `awaitscope run -- node app.js`, or
//
//     AWAITSCOPE=1 node --require PATH/awaitscope.js app.js
//
// The manual's page "Node.js" says what is exact and what is not. This file is for every version of Node; what follows
// it is not.
(function () {
  var wanted = process.env.AWAITSCOPE;
  if (!wanted || wanted === '0') return;
  try {
    if (parseInt(process.versions.node, 10) < 18) throw new Error('Node.js 18 or newer is needed, this is ' + process.version);
    var addon = require('./awaitscope.node');
    if (addon.taskCreated) require('./hooks.js').watch(addon);
  } catch (error) {
    process.stderr.write('awaitscope: ' + error.message + '; the program runs on, unseen\n');
  }
})();
