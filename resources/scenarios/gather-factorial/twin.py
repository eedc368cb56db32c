# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio


async def factorial(name, number):
    product = 1
    for i in range(2, number + 1):
        print(f"{name}: {product} x {i} ...")
        await asyncio.sleep(1)
        product *= i
    print(f"{name}: factorial({number}) = {product}")
    return product


async def main():
    jobs = [("A", 2), ("B", 3), ("C", 4)]
    tasks = [asyncio.create_task(factorial(name, number), name=name)
             for name, number in jobs]
    print("main: three tasks created")
    results = await asyncio.gather(*tasks)
    print(results)


asyncio.run(main())
