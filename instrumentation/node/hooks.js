// SPDX-License-Identifier: MIT
'use strict';
// Each call of an async function is a task. async_hooks tells of promises: the one that a call gives, the one that V8
// makes for each await, and those that are awaited. Which call an await belongs to is told by the stack: calls begin and
// suspend one inside the other.

exports.watch = function watch(addon) {
  const { createHook, executionAsyncId, executionAsyncResource } = require('async_hooks');
  const { subscribe } = require('diagnostics_channel');
  const { threadId } = require('worker_threads');
  const now = performance.now.bind(performance);

  // As in awaitscope.h.
  const Wait = { SLEEP: 1, FUTURE: 2, TASK: 3, GATHER: 4, IO: 12, THREAD: 13, PROCESS: 14 };

  // Each worker counts its resources from 1; an id is the process's, below 2^40.
  const base = (threadId % 256) * 2 ** 32;
  const idOf = (asyncId) => base + (asyncId % 2 ** 32);

  // ── places ─────────────────────────────────────────────────────────────────────────────────────────────────────

  const places = new Map(); // file -> line and column -> place
  const ownFrames = 'node:internal/async_hooks';
  let framesLimit = 1; // the hooks' own, as many as they turn out to be, and one more: each costs a microsecond

  /** The innermost frame of the program in which a promise is made: a CallSite; undefined where there is none. */
  function callSite() {
    const { prepareStackTrace, stackTraceLimit } = Error;
    const holder = {};
    Error.stackTraceLimit = framesLimit;
    Error.prepareStackTrace = (_, sites) => sites;
    Error.captureStackTrace(holder, hooks.init);
    const sites = holder.stack;
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
    const site = sites.find((each) => each.getFileName() !== ownFrames);
    if (site || sites.length < framesLimit) return site;
    ++framesLimit;
    return callSite();
  }

  function placeOf(site) {
    const file = site.getFileName();
    let lines = places.get(file);
    if (!lines) places.set(file, (lines = new Map()));
    const key = site.getLineNumber() * 4096 + (site.getColumnNumber() % 4096);
    let place = lines.get(key);
    if (place === undefined) {
      const path = file.startsWith('file://') ? decodeURIComponent(file.slice(7)) : file;
      place = addon.place(path, site.getLineNumber(), site.getFunctionName() || '<anonymous>');
      lines.set(key, place);
    }
    return place;
  }

  // ── tasks ──────────────────────────────────────────────────────────────────────────────────────────────────────

  const calls = new Map(); // async id of an async function's promise -> its call
  const continuations = new Map(); // async id of what V8 makes for an await -> the call that waits
  const waiting = new Map(); // async id of an awaited promise -> the calls that wait for it
  const combined = new Set(); // async ids of Promise.all() and its like
  const settled = []; // calls that have returned, until their promise has its state
  let stack = []; // the calls that run right now, innermost last
  let outer = []; // the stacks of the callbacks around this one
  const nothing = { asyncId: 0, since: 0, wait: 0 };
  let latest = nothing; // what was begun last in this callback, after which resource, and how one waits for it
  let newest = 0; // the last resource's async id
  let made = 0; // tasks so far

  // What goes on with a task that nothing refers to any more? Nothing.
  const collected = new FinalizationRegistry((asyncId) => {
    const call = calls.get(asyncId);
    if (!call) return;
    calls.delete(asyncId);
    continuations.delete(call.continuation);
    leaves(call);
    if (call.isSeen) addon.taskSettled(call.id);
  });

  const currentTask = () => {
    for (let i = stack.length - 1; i >= 0; --i) if (stack[i].isSeen) return stack[i].id;
    return 0;
  };

  function settle() {
    if (begun) jobMade();
    for (const { id, promise } of settled.splice(0)) addon.taskSettled(id, promise);
  }

  /** An async function begins, in the step of whoever calls it. Node's own are followed, and not shown. */
  function begins(asyncId, site, promise) {
    const file = site.getFileName();
    const isSeen = !file.startsWith('node:');
    const call = { id: idOf(asyncId), asyncId, file, name: site.getFunctionName(), isSeen, promise: new WeakRef(promise) };
    if (isSeen) {
      call.definition = placeOf(site);
      addon.taskCreated(call.id, call.definition, currentTask(), ++made);
      addon.taskRunning(call.id);
      collected.register(promise, asyncId);
    }
    calls.set(asyncId, call);
    stack.push(call);
  }

  /** The innermost call of the function that awaits; those above it were none. */
  function awaiting(site) {
    const file = site.getFileName(), name = site.getFunctionName();
    for (let i = stack.length - 1; i >= 0; --i) if (stack[i].file === file && stack[i].name === name) return i;
    return -1;
  }

  /** It waits no more for what it awaited. */
  function leaves(call) {
    const left = waiting.get(call.awaited)?.filter((other) => other !== call);
    left && left.length ? waiting.set(call.awaited, left) : waiting.delete(call.awaited);
    call.awaited = 0;
  }

  function suspends(call, asyncId, awaited, site) {
    continuations.set(asyncId, call);
    call.continuation = asyncId;
    const others = waiting.get(awaited);
    others ? others.push(call) : waiting.set(awaited, [call]);
    call.awaited = awaited;
    if (!call.isSeen) return;
    const child = calls.get(awaited);
    let wait = Wait.FUTURE, object = idOf(awaited);
    if (child && child.isSeen) wait = Wait.TASK;
    else if (combined.has(awaited)) wait = Wait.GATHER;
    else if (latest.since > awaited) [wait, object] = [latest.wait, idOf(latest.asyncId)];
    addon.taskSuspended(call.id, wait, wait === Wait.IO ? 0 : object, placeOf(site));
  }

  function promiseMade(asyncId, trigger, promise) {
    const site = callSite();
    const file = site && site.getFileName();
    if (!file) {
      if (site && /^(all|allSettled|any|race)$/.test(site.getFunctionName())) combined.add(asyncId);
      return;
    }
    if (trigger === executionAsyncId()) {
      const isModule = site.getColumnNumber() === 1 && site.getLineNumber() === 1 && !site.getFunctionName();
      return isModule ? undefined : begins(asyncId, site, promise);
    }
    const index = awaiting(site);
    if (index < 0 || stack[index].asyncId === trigger) return; // "await 1": first, a promise is made of that
    const [call, ...none] = stack.splice(index);
    none.forEach(wasNone);
    suspends(call, asyncId, trigger, site);
  }

  /** It neither awaits nor has ended: it has returned a promise, with which it ends; or was no async function. */
  function wasNone(call) {
    if (call.isSeen) addon.taskSuspended(call.id, Wait.FUTURE, 0, call.definition);
  }

  function promiseResolve(asyncId) {
    settle();
    combined.delete(asyncId);
    const call = calls.get(asyncId);
    if (call) {
      calls.delete(asyncId);
      const index = stack.lastIndexOf(call);
      if (index >= 0) stack.length = index;
      if (call.isSeen) settled.push({ id: call.id, promise: call.promise.deref() });
    }
    const calledBack = waiting.get(asyncId);
    if (!calledBack) return;
    waiting.delete(asyncId);
    const by = call && call.isSeen ? call.id : currentTask();
    for (const waiter of calledBack) {
      waiter.awaited = 0;
      if (waiter.isSeen) addon.taskReady(waiter.id, by);
    }
  }

  /** A callback has ended. */
  function unwind() {
    stack.forEach(wasNone);
    stack = [];
    settle();
  }

  // ── callbacks, timers, jobs, sockets ───────────────────────────────────────────────────────────────────────────

  const jobs = /^(FSREQ|GETADDRINFO|GETNAMEINFO|.*REQUEST$)/; // of files, of names, of cryptography
  const isJob = new WeakSet(); // what the thread pool works for
  let begun = null; // a job of cryptography's that was made just now: it may be for this thread
  const timers = new Map(); // timers that are set, by their async id
  const sockets = new WeakMap(); // a connected socket's handle -> its descriptor, and the bytes that were read
  const unconnected = new Map(); // handles of sockets that may be connected one day, by their async id
  const connecting = new Map(); // requests to connect, by their async id

  function timerSet(asyncId, timer) {
    timers.set(asyncId, timer);
    addon.timerSet(currentTask(), idOf(asyncId), timer._idleTimeout, timers.size);
  }
  function timerEnded(asyncId, isFired) {
    if (timers.delete(asyncId)) addon.timerEnded(currentTask(), idOf(asyncId), isFired ? 1 : 0, timers.size);
  }
  /** A timer that is cleared says nothing: it is looked for, now and then. */
  function sweep() {
    if (now() - swept < sweepEvery) return;
    swept = now();
    for (const [asyncId, timer] of timers) if (timer._destroyed) timerEnded(asyncId, false);
    for (const [asyncId, handle] of unconnected) if (!handle.deref()) unconnected.delete(asyncId);
  }
  const sweepEvery = 100; // milliseconds
  let swept = 0;

  function jobBegins(asyncId, since, resource, task = currentTask()) {
    latest = { asyncId, since, wait: Wait.THREAD };
    isJob.add(resource);
    addon.job(task, idOf(asyncId), 0);
  }
  function jobEnds(asyncId, resource) {
    if (isJob.delete(resource)) addon.job(0, idOf(asyncId), 1);
  }
  /** Who makes a job for a thread has said whom to call by now; one for this thread is done. */
  function jobMade() {
    const { asyncId, resource, task } = begun;
    begun = null;
    if (resource.ondone) jobBegins(asyncId, asyncId, resource, task);
  }

  const isWatched = new WeakSet(); // prototypes whose writes are told
  /** What compresses is one resource for many jobs: each is a write that does not wait. */
  function watchCompression(handle) {
    const prototype = Object.getPrototypeOf(Object.getPrototypeOf(handle));
    const holder = [Object.getPrototypeOf(handle), prototype].find((each) => each && Object.hasOwn(each, 'write'));
    if (!holder || isWatched.has(holder)) return;
    isWatched.add(holder);
    const { write } = holder;
    holder.write = function (...request) {
      jobBegins(this.getAsyncId(), newest + 0.5, this);
      return Reflect.apply(write, this, request);
    };
  }
  function watchWrites(handle) {
    let prototype = Object.getPrototypeOf(handle);
    while (prototype && !Object.hasOwn(prototype, 'writeBuffer')) prototype = Object.getPrototypeOf(prototype);
    if (!prototype || isWatched.has(prototype)) return;
    isWatched.add(prototype);
    for (const kind of ['Buffer', 'v', 'AsciiString', 'Utf8String', 'Ucs2String', 'Latin1String']) {
      const write = prototype['write' + kind];
      if (typeof write !== 'function') continue;
      prototype['write' + kind] = function (...request) {
        const before = this.bytesWritten;
        const result = Reflect.apply(write, this, request);
        addon.moved(currentTask(), this.fd, this.bytesWritten - before, 1);
        return result;
      };
    }
  }
  function socketMade(handle, peer) {
    if (!handle || !(handle.fd >= 0) || !handle.getAsyncId) return;
    watchWrites(handle);
    sockets.set(handle, { fd: handle.fd, bytesRead: handle.bytesRead });
    unconnected.delete(handle.getAsyncId());
    addon.connection(currentTask(), handle.fd, peer);
  }
  const peerOf = (address, port) => (address ? (address.includes(':') ? `[${address}]` : address) + ':' + port : 'local');
  function accepted({ socket }) {
    if (socket._handle) socketMade(socket._handle, peerOf(socket.remoteAddress, socket.remotePort));
  }

  /** The socket's handle behind a callback; an HTTP server's and client's parsers read from theirs. */
  const handleOf = (resource) => (resource.socket ?? resource.req?.socket)?._handle ?? resource;

  /** Its callback has run: what has come, and whether that was the end. */
  function socketRan(handle, socket) {
    if (handle.bytesRead > socket.bytesRead) {
      addon.moved(0, socket.fd, handle.bytesRead - socket.bytesRead, 0);
      socket.bytesRead = handle.bytesRead;
    }
    if (handle.fd >= 0) return;
    sockets.delete(handle);
    addon.connection(0, socket.fd);
  }

  // ── the hooks ──────────────────────────────────────────────────────────────────────────────────────────────────

  function init(asyncId, type, trigger, resource) {
    settle();
    newest = asyncId;
    if (type === 'PROMISE') return promiseMade(asyncId, trigger, resource);
    if (type === 'Timeout') {
      latest = { asyncId, since: asyncId, wait: Wait.SLEEP };
      timerSet(asyncId, resource);
    } else if (jobs.test(type)) {
      if (type.endsWith('REQUEST')) begun = { asyncId, resource, task: currentTask() };
      else jobBegins(asyncId, asyncId, resource);
    } else if (type === 'ZLIB') {
      watchCompression(resource);
    } else if (type === 'PROCESSWRAP') {
      latest = { asyncId, since: asyncId, wait: Wait.PROCESS };
    } else if (/WRAP$|^HTTP/.test(type)) {
      if (latest.wait !== Wait.PROCESS) latest = { asyncId, since: asyncId, wait: Wait.IO }; // a child comes with its pipes
      if (/^(TCP|PIPE)CONNECTWRAP$/.test(type)) connecting.set(asyncId, { socket: trigger, request: resource });
      else if (/^(TCP|PIPE)WRAP$/.test(type)) unconnected.set(asyncId, new WeakRef(resource));
    }
  }

  /** A function goes on behind its await. */
  function goesOn(asyncId, call) {
    continuations.delete(asyncId);
    if (call.awaited) {
      leaves(call); // V8 has resolved it by itself, or it was resolved before it was awaited
      if (call.isSeen) addon.taskReady(call.id, 0);
    }
    if (call.isSeen) addon.taskRunning(call.id);
    stack = [call];
  }

  function callbackBegins(asyncId, resource) {
    addon.turn();
    sweep();
    if (timers.has(asyncId)) timerEnded(asyncId, true);
    jobEnds(asyncId, resource);
    const attempt = connecting.get(asyncId);
    if (!attempt) return;
    connecting.delete(asyncId);
    socketMade(unconnected.get(attempt.socket)?.deref(), peerOf(attempt.request.address, attempt.request.port));
  }

  function before(asyncId) {
    if (outer.length === 0) unwind(); // the main script, which nothing is after
    settle();
    const call = continuations.get(asyncId);
    const resource = call ? undefined : executionAsyncResource();
    outer.push({ stack, resource, handle: resource && handleOf(resource), began: now() });
    stack = [];
    latest = nothing;
    call ? goesOn(asyncId, call) : callbackBegins(asyncId, resource);
  }

  function after(asyncId) {
    unwind();
    const ended = outer.pop();
    if (!ended) return;
    stack = ended.stack;
    const { resource, handle, began } = ended;
    if (!resource) return;
    const socket = sockets.get(handle);
    if (socket) socketRan(handle, socket);
    if (resource._repeat && !resource._destroyed) timerSet(asyncId, resource);
    if (!(resource instanceof Promise)) addon.callbackRun(idOf(asyncId), now() - began);
  }

  /** An error of ours ends the watching, and never the program. */
  const guarded = (hook) => (first, type, trigger, resource) => {
    try {
      hook(first, type, trigger, resource);
    } catch (error) {
      all.disable();
      process.stderr.write(`awaitscope: ${error.stack}\nawaitscope: the program runs on, unseen.\n`);
    }
  };
  const hooks = { init: guarded(init), before: guarded(before), after: guarded(after), promiseResolve: guarded(promiseResolve) };
  const all = createHook(hooks).enable();
  subscribe('net.server.socket', guarded(accepted));
};
