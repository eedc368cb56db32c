// SPDX-License-Identifier: MIT
#pragma once

namespace asyncio::detail {

class PromiseBase;

/// Whether a line stands in this library's own code, by its file's name: a pointer that lives as long as the program.
bool is_library_file(const char* file);

/// Where the program waits: a task that is suspended inside one of the library's own coroutines (a queue's join(), a
/// server's wait_closed()) stands at the program's co_await of that.
const PromiseBase& program_coroutine(const PromiseBase& innermost);

}  // namespace asyncio::detail
