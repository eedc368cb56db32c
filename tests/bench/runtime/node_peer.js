// SPDX-License-Identifier: GPL-3.0-or-later
// The workloads on Node: setImmediate gives way for a turn of its loop; its async functions start at once and are no
// tasks, so a spawn is less work than elsewhere. A queue and a lock of promises, since it has none. Echo is its events.
'use strict';
const net = require('net');

const YIELD_TASKS = 1000, YIELDS = 1000;
const SPAWNS = 1000000;
const GATHERS = 1000, GATHER_WIDTH = 1000;
const TIMERS = 100000;
const QUEUE_ITEMS = 1000000, QUEUE_SIZE = 64;
const LOCK_TASKS = 100, LOCK_TURNS = 10000;
const CONNECTIONS = 64, ROUND_TRIPS = 1563, MESSAGE_BYTES = 64;

class Measurement {
    constructor(scale) { this.scale = scale; }
    scaled(full) { return Math.max(1, Math.floor(full * this.scale)); }
    begin() { this.wall = process.hrtime.bigint(); this.cpu = process.cpuUsage(); }
    end(operations) {
        this.wall = Number(process.hrtime.bigint() - this.wall) / operations;
        const used = process.cpuUsage(this.cpu);
        this.cpu = (used.user + used.system) * 1000 / operations;
    }
}

function require_(right, what) {
    if (!right) throw new Error('wrong result: ' + what);
}

function* delays() {
    let state = 12345n;
    for (;;) {
        state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
        yield Number(state >> 33n) / 2 ** 31;
    }
}

const turn = () => new Promise(setImmediate);
const give = async (value) => value;

async function yieldWorkload(m) {
    const times = m.scaled(YIELDS);
    const yielding = async () => { for (let i = 0; i < times; ++i) await turn(); return times; };
    m.begin();
    const all = await Promise.all(Array.from({length: YIELD_TASKS}, yielding));
    m.end(YIELD_TASKS * times);
    require_(all.reduce((a, b) => a + b) === YIELD_TASKS * times, 'switches');
}

async function spawnWorkload(m) {
    const count = m.scaled(SPAWNS);
    let sum = 0;
    m.begin();
    for (let i = 0; i < count; ++i) sum += await give(1);
    m.end(count);
    require_(sum === count, 'the sum');
}

async function gatherWorkload(m) {
    const times = m.scaled(GATHERS);
    let sum = 0;
    m.begin();
    for (let i = 0; i < times; ++i) {
        const children = [];
        for (let child = 0; child < GATHER_WIDTH; ++child) children.push(give(child));
        sum += (await Promise.all(children))[GATHER_WIDTH - 1];
    }
    m.end(times * GATHER_WIDTH);
    require_(sum === times * (GATHER_WIDTH - 1), 'the sum');
}

async function timersWorkload(m) {
    const count = m.scaled(TIMERS);
    const delay = delays();
    const all = Array.from({length: count}, () => delay.next().value * 1000);
    m.begin();
    await Promise.all(all.map((ms) => new Promise((done) => setTimeout(done, ms))));
    m.end(count);
}

class Queue {
    constructor(size) { this.size = size; this.items = []; this.first = 0; this.getter = this.putter = null; }
    get length() { return this.items.length - this.first; }
    async put(item) {
        while (this.length >= this.size) await new Promise((wake) => { this.putter = wake; });
        this.items.push(item);
        if (this.getter) { const wake = this.getter; this.getter = null; wake(); }
    }
    async get() {
        while (this.length === 0) await new Promise((wake) => { this.getter = wake; });
        const item = this.items[this.first++];
        if (this.first === this.items.length) { this.items = []; this.first = 0; }
        if (this.putter) { const wake = this.putter; this.putter = null; wake(); }
        return item;
    }
}

async function queueWorkload(m) {
    const count = m.scaled(QUEUE_ITEMS);
    const queue = new Queue(QUEUE_SIZE);
    const produce = async () => { for (let i = 0; i < count; ++i) await queue.put(i); };
    const consume = async () => { let sum = 0; for (let i = 0; i < count; ++i) sum += await queue.get(); return sum; };
    m.begin();
    const [, sum] = await Promise.all([produce(), consume()]);
    m.end(count);
    require_(sum === count * (count - 1) / 2, 'the sum');
}

class Lock {
    constructor() { this.held = false; this.waiting = []; this.first = 0; }
    async acquire() {
        if (!this.held) { this.held = true; return; }
        await new Promise((wake) => this.waiting.push(wake));
    }
    release() {
        if (this.first === this.waiting.length) { this.held = false; return; }
        this.waiting[this.first++]();
        if (this.first > 1024) { this.waiting.splice(0, this.first); this.first = 0; }
    }
}

async function lockWorkload(m) {
    const times = m.scaled(LOCK_TURNS);
    const lock = new Lock();
    let inside = 0;
    const locking = async () => {
        for (let i = 0; i < times; ++i) {
            await lock.acquire();
            ++inside;
            await turn();
            lock.release();
        }
    };
    m.begin();
    await Promise.all(Array.from({length: LOCK_TASKS}, locking));
    m.end(LOCK_TASKS * times);
    require_(inside === LOCK_TASKS * times, 'acquisitions');
}

function listen() {
    return new Promise((done) => {
        const server = net.createServer((socket) => {
            socket.setNoDelay(true);
            socket.on('data', (data) => socket.write(data));
            socket.on('error', () => socket.destroy());
        });
        server.listen(0, '127.0.0.1', () => done(server));
    });
}

async function echoWorkload(m) {
    const trips = m.scaled(ROUND_TRIPS);
    const message = Buffer.alloc(MESSAGE_BYTES, 'x');
    const server = await listen();
    const client = () => new Promise((done) => {
        let left = trips, got = 0;
        const socket = net.connect(server.address().port, '127.0.0.1', () => { socket.setNoDelay(true); socket.write(message); });
        socket.on('data', (data) => {
            got += data.length;
            if (got < MESSAGE_BYTES) return;
            got = 0;
            if (--left > 0) { socket.write(message); return; }
            socket.destroy();
            done();
        });
    });
    m.begin();
    await Promise.all(Array.from({length: CONNECTIONS}, client));
    m.end(CONNECTIONS * trips);
    server.close();
}

async function echoServer() {
    const server = await listen();
    console.log('PORT ' + server.address().port);
    await new Promise(() => {});
}

const workloads = {
    yield: yieldWorkload, spawn: spawnWorkload, gather: gatherWorkload, timers: timersWorkload, queue: queueWorkload,
    lock: lockWorkload, echo: echoWorkload, echo_server: echoServer,
};

async function main() {
    const [name, scaleText] = process.argv.slice(2);
    if (name === 'list') return console.log(Object.keys(workloads).join('\n'));
    const scale = scaleText ? parseFloat(scaleText) : 1;
    let m;
    for (const each of name === 'echo_server' ? [scale] : [scale / 20, scale]) {
        m = new Measurement(each);
        await workloads[name](m);
    }
    console.log(JSON.stringify({wall: m.wall, cpu: m.cpu}));
}

main();
