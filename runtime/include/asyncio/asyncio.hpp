// SPDX-License-Identifier: MIT
#pragma once

// Python's asyncio for C++20. One header a concept; this one brings them all.
#include "asyncio/coroutine.hpp"
#include "asyncio/errors.hpp"
#include "asyncio/event.hpp"
#include "asyncio/event_loop.hpp"
#include "asyncio/future.hpp"
#include "asyncio/gather.hpp"
#include "asyncio/handle.hpp"
#include "asyncio/lock.hpp"
#include "asyncio/queue.hpp"
#include "asyncio/result.hpp"
#include "asyncio/run.hpp"
#include "asyncio/sleep.hpp"
#include "asyncio/task.hpp"
#include "asyncio/time.hpp"
#include "asyncio/timeout.hpp"
#include "asyncio/wait_for.hpp"
