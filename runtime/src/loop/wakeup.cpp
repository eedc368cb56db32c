// SPDX-License-Identifier: MIT
#include "runtime/src/loop/wakeup.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "asyncio/errors.hpp"

namespace asyncio::detail {

Wakeup::Wakeup() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (fd_ < 0) throw_os_error(errno);
}

Wakeup::~Wakeup() {
    close();
    ::close(fd_);
}

bool Wakeup::post(HandleNode& handle) {
    const std::scoped_lock lock(mutex_);
    if (closed_) return false;
    handles_.push_back(&handle);
    // One write is enough until the loop has taken what is there.
    if (!pending_.exchange(true, std::memory_order_release)) ring();
    return true;
}

void Wakeup::ring() noexcept {
    const std::uint64_t one = 1;
    while (write(fd_, &one, sizeof one) < 0 && errno == EINTR) {
    }
}

void Wakeup::after_fork_in_child() noexcept {
    const int fresh = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fresh >= 0) dup3(fresh, fd_, O_CLOEXEC);
    ::close(fresh >= 0 ? fresh : fd_);
    mutex_.unlock();
}

void Wakeup::drain() {
    std::uint64_t count = 0;
    while (read(fd_, &count, sizeof count) < 0 && errno == EINTR) {
    }
}

void Wakeup::close() {
    std::vector<HandleNode*> dropped;
    {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        dropped.swap(handles_);
    }
    for (HandleNode* handle : dropped) handle->release();
}

}  // namespace asyncio::detail
