// SPDX-License-Identifier: MIT
#pragma once

namespace awaitscope::ring {

/// Memory that maps a file others can cut short. Touching a page that is gone ends a process by SIGBUS; the guard lets
/// it live on with memory of its own instead.
class CutMemory {
  public:
    /// Puts memory of the process's own where `address` lies, if that is within this memory; false: it is not, or that
    /// is impossible. From a signal handler, and from several threads at once.
    virtual bool replace_at(const void* address) noexcept = 0;
    /// The same for all of it, when the file is shorter than it was; false: it is not, or it was told so before.
    virtual bool replace_if_cut() noexcept = 0;

  protected:
    ~CutMemory() = default;
};

/// Watches over `memory`, until unguard(). The first one installs a handler of SIGBUS, the last one takes it back,
/// where no other has been put over it. Whatever is none of ours goes to the handler before, as if ours were not there.
void guard(CutMemory& memory) noexcept;
void unguard(CutMemory& memory) noexcept;

/// The calling thread touches guarded memory: a thread that blocks SIGBUS could not be helped. One that is sent to it,
/// rather than caused by it, is given back to whoever else waits for it.
void guard_this_thread() noexcept;

}  // namespace awaitscope::ring
