// SPDX-License-Identifier: MIT
#include "asyncio/context.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace asyncio::detail {

thread_local constinit ContextRef* current_context = nullptr;

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

/// The thread's own context. No destructor takes it away from statics that go later and still look.
union ThreadContext {
    constexpr ThreadContext() : ref() {}
    ~ThreadContext() {}  // NOLINT(modernize-use-equals-default): that would be deleted
    ContextRef ref;
};
thread_local constinit ThreadContext of_thread;

/// What it holds goes with the thread.
struct ThreadEnd {
    ~ThreadEnd() { of_thread.ref = ContextRef(); }
};

ContextRef& current() {
    return current_context ? *current_context : context_of_thread();
}

}  // namespace

ContextRef& context_of_thread() {
    return of_thread.ref;
}

std::shared_ptr<void> context_get(const void* variable) {
    ContextMap* const map = current().get();
    if (!map) return nullptr;
    const auto at = find_entry(map->entries, variable);
    return at != map->entries.end() && at->first == variable ? at->second : nullptr;
}

void context_set(const void* variable, std::shared_ptr<void> value) {
    static thread_local ThreadEnd at_thread_end;
    ContextRef& context = current();
    auto map = std::make_unique<ContextMap>();
    if (context.get()) map->entries = context.get()->entries;
    const auto at = find_entry(map->entries, variable);
    const bool present = at != map->entries.end() && at->first == variable;
    if (present && value)
        at->second = std::move(value);
    else if (present)
        map->entries.erase(at);
    else if (value)
        map->entries.emplace(at, variable, std::move(value));
    context = ContextRef::adopt(map.release());
}

}  // namespace asyncio::detail
