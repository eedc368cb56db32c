// SPDX-License-Identifier: MIT
#include "asyncio/gather.hpp"

#include "asyncio/errors.hpp"
#include "asyncio/event_loop.hpp"

namespace asyncio::detail {

void GatherCore::Child::hold_owner() {
    holds_owner = true;
    owner->self_->add_ref();
}

void GatherCore::Child::release_owner() {
    if (std::exchange(holds_owner, false)) owner->self_->release();
}

void GatherCore::Child::schedule(FutureCore& done) {
    if (!holds_owner) hold_owner();
    DoneNode::schedule(done);
}

void GatherCore::Child::run() {
    owner->child_done(*future.get());
    release_owner();
}

GatherCore::~GatherCore() {
    for (Child& child : children_)
        if (child.future) child.future->remove_done_node(&child);
}

void GatherCore::begin(FutureCore& self, FutureRef* children) {
    self_ = &self;
    if (const TaskCore* const task = self.loop()->current_task()) creator_ = task->id();
    for (std::size_t i = 0; i < count(); ++i) {
        Child& child = children_[i];
        child.owner = this;
        child.future = std::move(children[i]);
        if (child.future->done()) continue;
        if (child.future->as_task()) child.hold_owner();
        child.future->add_done_node(&child);
    }
    if (count() == 0) {
        collect();
        self.finish();
    }
    for (Child& child : children_)
        if (child.future->done()) child_done(*child.future.get());
}

void GatherCore::add_awaiters(std::vector<std::uint64_t>& ids) const {
    const auto awaiters = self_->awaiters();
    ids.insert(ids.end(), awaiters.begin(), awaiters.end());
    if (awaiters.empty() && creator_ != 0) ids.push_back(creator_);
}

bool GatherCore::cancel_children(const std::string& message) {
    bool any = false;
    for (Child& child : children_)
        if (child.future->cancel(message)) any = true;
    // Not cancelled itself: the children end first, and the last of them ends this.
    if (any) cancel_requested_ = true;
    return any;
}

void GatherCore::child_done(FutureCore& child) {
    ++finished_;
    if (self_->done()) {
        child.mark_retrieved();
        return;
    }
    if (!as_results_ && child.state() != FutureCore::State::finished) {
        self_->fail(child.outcome());
        return;
    }
    if (finished_ < count()) return;
    if (cancel_requested_) {
        // CPython's is the last child's, with its message, even where that child did not end so.
        const bool cancelled = child.state() == FutureCore::State::cancelled;
        self_->fail(cancelled ? child.outcome() : child.cancellation());
        return;
    }
    try {
        collect();
    } catch (...) {
        self_->fail(std::current_exception());
        return;
    }
    self_->finish();
}

}  // namespace asyncio::detail
