// SPDX-License-Identifier: GPL-3.0-or-later

// The workloads on goroutines, in one thread (GOMAXPROCS 1). Its mutex is not first in, first out.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

const (
	yieldTasks, yields      = 1000, 1000
	spawns                  = 1000000
	gathers, gatherWidth    = 1000, 1000
	timers                  = 100000
	queueItems, queueSize   = 1000000, 64
	lockTasks, lockTurns    = 100, 10000
	connections, roundTrips = 64, 1563
	messageBytes            = 64
)

type measurement struct {
	scale     float64
	wall, cpu float64
	began     time.Time
	beganCPU  int64
}

func cpuTime() int64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func (m *measurement) scaled(full int) int {
	if count := int(float64(full) * m.scale); count > 1 {
		return count
	}
	return 1
}
func (m *measurement) begin() { m.began, m.beganCPU = time.Now(), cpuTime() }
func (m *measurement) end(operations int) {
	m.wall = float64(time.Since(m.began).Nanoseconds()) / float64(operations)
	m.cpu = float64(cpuTime()-m.beganCPU) / float64(operations)
}

func require(right bool, what string) {
	if !right {
		fmt.Fprintln(os.Stderr, "wrong result:", what)
		os.Exit(1)
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func yieldWorkload(m *measurement) {
	times := m.scaled(yields)
	var all sync.WaitGroup
	m.begin()
	all.Add(yieldTasks)
	for i := 0; i < yieldTasks; i++ {
		go func() {
			for i := 0; i < times; i++ {
				runtime.Gosched()
			}
			all.Done()
		}()
	}
	all.Wait()
	m.end(yieldTasks * times)
}

func spawnWorkload(m *measurement) {
	count, sum := m.scaled(spawns), 0
	m.begin()
	for i := 0; i < count; i++ {
		result := make(chan int, 1)
		go func() { result <- 1 }()
		sum += <-result
	}
	m.end(count)
	require(sum == count, "the sum")
}

func gatherWorkload(m *measurement) {
	times, sum := m.scaled(gathers), 0
	m.begin()
	for i := 0; i < times; i++ {
		results := make([]int, gatherWidth)
		var all sync.WaitGroup
		all.Add(gatherWidth)
		for child := 0; child < gatherWidth; child++ {
			go func(child int) {
				results[child] = child
				all.Done()
			}(child)
		}
		all.Wait()
		sum += results[gatherWidth-1]
	}
	m.end(times * gatherWidth)
	require(sum == times*(gatherWidth-1), "the sum")
}

func timersWorkload(m *measurement) {
	count := m.scaled(timers)
	state := uint64(12345)
	var all sync.WaitGroup
	m.begin()
	all.Add(count)
	for i := 0; i < count; i++ {
		state = state*6364136223846793005 + 1442695040888963407
		delay := time.Duration((state >> 33) * 1000000000 >> 31)
		go func() {
			time.Sleep(delay)
			all.Done()
		}()
	}
	all.Wait()
	m.end(count)
}

func queueWorkload(m *measurement) {
	count := m.scaled(queueItems)
	queue := make(chan int, queueSize)
	total := make(chan int, 1)
	m.begin()
	go func() {
		for i := 0; i < count; i++ {
			queue <- i
		}
	}()
	go func() {
		sum := 0
		for i := 0; i < count; i++ {
			sum += <-queue
		}
		total <- sum
	}()
	sum := <-total
	m.end(count)
	require(sum == count*(count-1)/2, "the sum")
}

func lockWorkload(m *measurement) {
	times, inside := m.scaled(lockTurns), 0
	var lock sync.Mutex
	var all sync.WaitGroup
	m.begin()
	all.Add(lockTasks)
	for i := 0; i < lockTasks; i++ {
		go func() {
			for i := 0; i < times; i++ {
				lock.Lock()
				inside++
				runtime.Gosched()
				lock.Unlock()
			}
			all.Done()
		}()
	}
	all.Wait()
	m.end(lockTasks * times)
	require(inside == lockTasks*times, "acquisitions")
}

func serve(connection net.Conn) {
	defer connection.Close()
	message := make([]byte, messageBytes)
	for {
		if _, err := io.ReadFull(connection, message); err != nil {
			return
		}
		if _, err := connection.Write(message); err != nil {
			return
		}
	}
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	return listener
}

func accept(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		go serve(connection)
	}
}

func echoWorkload(m *measurement) {
	trips := m.scaled(roundTrips)
	listener := listen()
	go accept(listener)
	var all sync.WaitGroup
	m.begin()
	all.Add(connections)
	for i := 0; i < connections; i++ {
		go func() {
			connection, err := net.Dial("tcp", listener.Addr().String())
			must(err)
			message, answer := make([]byte, messageBytes), make([]byte, messageBytes)
			for i := 0; i < trips; i++ {
				_, err = connection.Write(message)
				must(err)
				_, err = io.ReadFull(connection, answer)
				must(err)
			}
			connection.Close()
			all.Done()
		}()
	}
	all.Wait()
	m.end(connections * trips)
	listener.Close()
}

func echoServer(*measurement) {
	listener := listen()
	fmt.Println("PORT", listener.Addr().(*net.TCPAddr).Port)
	accept(listener)
}

func main() {
	runtime.GOMAXPROCS(1)
	workloads := map[string]func(*measurement){
		"yield": yieldWorkload, "spawn": spawnWorkload, "gather": gatherWorkload, "timers": timersWorkload,
		"queue": queueWorkload, "lock": lockWorkload, "echo": echoWorkload, "echo_server": echoServer,
	}
	name, scale := os.Args[1], 1.0
	if name == "list" {
		for each := range workloads {
			fmt.Println(each)
		}
		return
	}
	if len(os.Args) > 2 {
		var err error
		scale, err = strconv.ParseFloat(os.Args[2], 64)
		must(err)
	}
	if name != "echo_server" {
		workloads[name](&measurement{scale: scale / 20})
	}
	m := measurement{scale: scale}
	workloads[name](&m)
	fmt.Printf("{\"wall\": %.3f, \"cpu\": %.3f}\n", m.wall, m.cpu)
}
