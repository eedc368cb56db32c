// SPDX-License-Identifier: MIT
#include "asyncio/context.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace asyncio::detail {

thread_local constinit ContextMap* current_context = nullptr;

class ContextMap {
  public:
    using Entry = std::pair<const void*, std::shared_ptr<void>>;
    std::atomic<std::size_t> refs{1};
    std::vector<Entry> entries;  ///< sorted by variable
};

void add_ref(ContextMap* map) noexcept {
    map->refs.fetch_add(1, std::memory_order_relaxed);
}

void release(ContextMap* map) noexcept {
    if (map->refs.fetch_sub(1, std::memory_order_acq_rel) == 1) delete map;
}

namespace {

auto find_entry(std::vector<ContextMap::Entry>& entries, const void* variable) {
    return std::lower_bound(
        entries.begin(), entries.end(), variable,
        [](const ContextMap::Entry& entry, const void* v) { return std::less<>()(entry.first, v); });
}

/// A thread's context goes with the thread.
struct ThreadEnd {
    ~ThreadEnd() {
        if (ContextMap* map = std::exchange(current_context, nullptr)) release(map);
    }
};

}  // namespace

std::shared_ptr<void> context_get(const void* variable) {
    if (!current_context) return nullptr;
    auto& entries = current_context->entries;
    const auto at = find_entry(entries, variable);
    return at != entries.end() && at->first == variable ? at->second : nullptr;
}

void context_set(const void* variable, std::shared_ptr<void> value) {
    static thread_local ThreadEnd at_thread_end;
    auto map = std::make_unique<ContextMap>();
    if (current_context) map->entries = current_context->entries;
    const auto at = find_entry(map->entries, variable);
    const bool present = at != map->entries.end() && at->first == variable;
    if (present && value)
        at->second = std::move(value);
    else if (present)
        map->entries.erase(at);
    else if (value)
        map->entries.emplace(at, variable, std::move(value));
    if (ContextMap* old = std::exchange(current_context, map.release())) release(old);
}

}  // namespace asyncio::detail
