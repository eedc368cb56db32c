# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import signal


async def work():
    try:
        for step in range(1, 100):
            print(f"work: step {step}")
            await asyncio.sleep(0.2)
    finally:
        print("work: stops in order")


async def main():
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def on_signal():
        print("handler: somebody wants us to stop")
        stop.set()

    loop.add_signal_handler(signal.SIGTERM, on_signal)
    worker = asyncio.create_task(work(), name="work")
    loop.call_later(0.5, signal.raise_signal, signal.SIGTERM)
    await stop.wait()
    worker.cancel()
    await asyncio.wait([worker])
    loop.remove_signal_handler(signal.SIGTERM)
    print("main: ends")


asyncio.run(main())
