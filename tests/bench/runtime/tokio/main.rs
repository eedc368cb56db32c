// SPDX-License-Identifier: GPL-3.0-or-later
// The workloads on Tokio's current_thread runtime.
use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, Mutex};
use tokio::task::{spawn, yield_now, JoinHandle};

const YIELD_TASKS: usize = 1000;
const YIELDS: usize = 1000;
const SPAWNS: usize = 1_000_000;
const GATHERS: usize = 1000;
const GATHER_WIDTH: usize = 1000;
const TIMERS: usize = 100_000;
const QUEUE_ITEMS: usize = 1_000_000;
const QUEUE_SIZE: usize = 64;
const LOCK_TASKS: usize = 100;
const LOCK_TURNS: usize = 10_000;
const CONNECTIONS: usize = 64;
const ROUND_TRIPS: usize = 1563;
const MESSAGE_BYTES: usize = 64;

struct Measurement {
    scale: f64,
    began: Instant,
    began_cpu: u64,
    wall: f64,
    cpu: f64,
}

/// Nanoseconds that this process has run, by the kernel's account.
fn cpu_time() -> u64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0)
}

impl Measurement {
    fn new(scale: f64) -> Self {
        Measurement { scale, began: Instant::now(), began_cpu: 0, wall: 0.0, cpu: 0.0 }
    }
    fn scaled(&self, full: usize) -> usize {
        ((full as f64 * self.scale) as usize).max(1)
    }
    fn begin(&mut self) {
        self.began_cpu = cpu_time();
        self.began = Instant::now();
    }
    fn end(&mut self, operations: usize) {
        self.wall = self.began.elapsed().as_nanos() as f64 / operations as f64;
        self.cpu = (cpu_time() - self.began_cpu) as f64 / operations as f64;
    }
}

async fn give(value: usize) -> usize {
    value
}

async fn all<T: 'static>(tasks: Vec<JoinHandle<T>>) -> Vec<T> {
    let mut results = Vec::with_capacity(tasks.len());
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

async fn yield_workload(m: &mut Measurement) {
    let times = m.scaled(YIELDS);
    m.begin();
    let task = |_| {
        spawn(async move {
            for _ in 0..times {
                yield_now().await;
            }
            times
        })
    };
    let switches: usize = all((0..YIELD_TASKS).map(task).collect()).await.iter().sum();
    m.end(switches);
    assert_eq!(switches, YIELD_TASKS * times);
}

async fn spawn_workload(m: &mut Measurement) {
    let count = m.scaled(SPAWNS);
    let mut sum = 0;
    m.begin();
    for _ in 0..count {
        sum += spawn(give(1)).await.unwrap();
    }
    m.end(count);
    assert_eq!(sum, count);
}

async fn gather_workload(m: &mut Measurement) {
    let times = m.scaled(GATHERS);
    let mut sum = 0;
    m.begin();
    for _ in 0..times {
        let results = all((0..GATHER_WIDTH).map(|child| spawn(give(child))).collect()).await;
        sum += results[GATHER_WIDTH - 1];
    }
    m.end(times * GATHER_WIDTH);
    assert_eq!(sum, times * (GATHER_WIDTH - 1));
}

async fn timers_workload(m: &mut Measurement) {
    let count = m.scaled(TIMERS);
    let mut state: u64 = 12345;
    m.begin();
    let mut tasks = Vec::with_capacity(count);
    for _ in 0..count {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let delay = Duration::from_nanos((state >> 33) * 1_000_000_000 >> 31);
        tasks.push(spawn(async move { tokio::time::sleep(delay).await }));
    }
    all(tasks).await;
    m.end(count);
}

async fn queue_workload(m: &mut Measurement) {
    let count = m.scaled(QUEUE_ITEMS);
    let (put, mut get) = mpsc::channel(QUEUE_SIZE);
    m.begin();
    let producer = spawn(async move {
        for i in 0..count {
            put.send(i).await.unwrap();
        }
    });
    let consumer = spawn(async move {
        let mut sum = 0;
        for _ in 0..count {
            sum += get.recv().await.unwrap();
        }
        sum
    });
    producer.await.unwrap();
    let sum = consumer.await.unwrap();
    m.end(count);
    assert_eq!(sum, count * (count - 1) / 2);
}

async fn lock_workload(m: &mut Measurement) {
    let times = m.scaled(LOCK_TURNS);
    let lock = Arc::new(Mutex::new(()));
    let inside = Arc::new(AtomicUsize::new(0));
    m.begin();
    let task = |_| {
        let (lock, inside) = (lock.clone(), inside.clone());
        spawn(async move {
            for _ in 0..times {
                let guard = lock.lock().await;
                inside.store(inside.load(Relaxed) + 1, Relaxed);
                yield_now().await;
                drop(guard);
            }
        })
    };
    all((0..LOCK_TASKS).map(task).collect()).await;
    m.end(LOCK_TASKS * times);
    assert_eq!(inside.load(Relaxed), LOCK_TASKS * times);
}

async fn serve(mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut message = [0u8; MESSAGE_BYTES];
    while stream.read_exact(&mut message).await.is_ok() && stream.write_all(&message).await.is_ok() {}
}

async fn accept(listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        spawn(serve(stream));
    }
}

async fn echo_workload(m: &mut Measurement) {
    let trips = m.scaled(ROUND_TRIPS);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let accepting = spawn(accept(listener));
    m.begin();
    let client = |_| {
        spawn(async move {
            let mut stream = TcpStream::connect(server).await.unwrap();
            stream.set_nodelay(true).unwrap();
            let message = [b'x'; MESSAGE_BYTES];
            let mut answer = [0u8; MESSAGE_BYTES];
            for _ in 0..trips {
                stream.write_all(&message).await.unwrap();
                stream.read_exact(&mut answer).await.unwrap();
            }
        })
    };
    all((0..CONNECTIONS).map(client).collect()).await;
    m.end(CONNECTIONS * trips);
    accepting.abort();
}

async fn echo_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("PORT {}", listener.local_addr().unwrap().port());
    accept(listener).await;
}

fn run<F: Future>(main: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(main)
}

async fn workload(name: &str, m: &mut Measurement) {
    match name {
        "yield" => yield_workload(m).await,
        "spawn" => spawn_workload(m).await,
        "gather" => gather_workload(m).await,
        "timers" => timers_workload(m).await,
        "queue" => queue_workload(m).await,
        "lock" => lock_workload(m).await,
        "echo" => echo_workload(m).await,
        "echo_server" => echo_server().await,
        _ => panic!("no workload {name}"),
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments[0].as_str();
    if name == "list" {
        println!("yield\nspawn\ngather\ntimers\nqueue\nlock\necho\necho_server");
        return;
    }
    let scale: f64 = arguments.get(1).map_or(1.0, |text| text.parse().unwrap());
    if name != "echo_server" {
        run(workload(name, &mut Measurement::new(scale / 20.0)));
    }
    let mut m = Measurement::new(scale);
    run(workload(name, &mut m));
    println!("{{\"wall\": {:.3}, \"cpu\": {:.3}}}", m.wall, m.cpu);
}
