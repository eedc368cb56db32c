// SPDX-License-Identifier: MIT
#pragma once

namespace asyncio::detail {

/// What fork() means for loops. In the child no loop runs, as in CPython, and it may make one of its own. The loops it
/// has inherited are the parent's: they are cut off from what both processes share (epoll, the eventfd), no thread of
/// theirs is there, and no signal goes to them, so that nothing the child does with its copies reaches the parent.
/// Descriptors of connections are shared as ever: a child that writes to them writes for both.
///
/// One is told around each fork() of the process, from registration on. Nothing may be inside its locks while the
/// process is copied: so the child finds what they guard whole.
class ForkAware {
  public:
    virtual void before_fork() = 0;
    virtual void after_fork_in_parent() noexcept = 0;
    /// Only what is async-signal-safe.
    virtual void after_fork_in_child() noexcept = 0;

  protected:
    ~ForkAware() = default;
};

void tell_of_forks(ForkAware& who);
void tell_no_more_of_forks(ForkAware& who) noexcept;

}  // namespace asyncio::detail
