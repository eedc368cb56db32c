// SPDX-License-Identifier: MIT
#include "runtime/src/program_place.hpp"

#include <array>
#include <cstdint>
#include <string_view>

#include "asyncio/detail/promise.hpp"

namespace asyncio::detail {
bool is_library_file(const char* file) {
    // Remembered by pointer: it is asked at each suspension.
    struct Known {
        const char* file = nullptr;
        bool library = false;
    };
    static thread_local constinit std::array<Known, 64> known{};
    Known& entry = known[(reinterpret_cast<std::uintptr_t>(file) >> 3) % known.size()];
    if (entry.file != file) {
        const std::string_view path(file);
        const std::string_view own(__FILE__);
        const std::string_view sources = own.substr(0, own.rfind("program_place.cpp"));
        entry = {file, path.starts_with(sources) || path.find("include/asyncio/") != std::string_view::npos};
    }
    return entry.library;
}

const PromiseBase& program_coroutine(const PromiseBase& innermost) {
    for (const PromiseBase* promise = &innermost; promise; promise = promise->parent())
        if (!is_library_file(promise->where().file_name())) return *promise;
    return innermost;
}

}  // namespace asyncio::detail
