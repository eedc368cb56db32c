// SPDX-License-Identifier: GPL-3.0-or-later
// See random_trees.py.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

class Tree {
  public:
    explicit Tree(unsigned seed) : state_(seed) {}

    Coroutine<> run(int depth) {
        auto root = start("r", depth);
        for (int turn = 0; turn < 15 && !root.done(); ++turn) {
            if (pick(3) != 0)
                co_await sleep(0s);
            else
                co_await sleep(1s);
            if (pick(5) == 0) {
                note("~");
                root.cancel();
            }
        }
        stops_ = true;
        note("|");
        for (;;) {
            vector<Task<>> pending;
            std::ranges::copy_if(tasks_, std::back_inserter(pending), [](const Task<>& task) { return !task.done(); });
            if (pending.empty()) break;
            for (auto& task : pending) task.cancel();
            co_await wait(pending);
        }
        note(root.cancelled() ? "cancelled" : root.exception() ? "failed" : "ended");
        say(log_);
    }

  private:
    int pick(unsigned n) {
        state_ = (state_ * 1103515245U + 12345U) & 0x7FFFFFFFU;
        return static_cast<int>((state_ >> 8U) % n);
    }
    void note(const string& text) { log_ += (log_.empty() ? "" : " ") + text; }
    Task<> start(string name, int depth) {
        tasks_.push_back(create_task(node(std::move(name), depth)));
        return tasks_.back();
    }

    Coroutine<> inner(string name, int depth) {
        const int kind = depth > 0 ? pick(9) : pick(2);
        const string a = name + "a";
        const string b = name + "b";
        note(name + ":" + std::to_string(kind));
        if (kind == 0) {
            co_await sleep(0s);
        } else if (kind == 1) {
            co_await sleep(std::chrono::seconds(pick(3)));
            if (pick(3) == 0) throw ValueError(name);
        } else if (kind == 2) {
            auto first = start(a, depth - 1);
            auto second = start(b, depth - 1);
            co_await gather(first, second);
        } else if (kind == 3) {
            const std::chrono::seconds limit(pick(3));
            co_await wait_for(node(a, depth - 1), limit);
        } else if (kind == 4) {
            co_await shield(start(a, depth - 1));
        } else if (kind == 5) {
            co_await start(a, depth - 1);
        } else if (kind == 6) {
            co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
                tg.create_task(node(a, depth - 1));
                tg.create_task(node(b, depth - 1));
                co_return;
            });
        } else if (kind == 7) {
            vector<Task<>> both;
            both.push_back(start(a, depth - 1));
            both.push_back(start(b, depth - 1));
            auto [done, pending] = co_await wait(both, {.return_when = FIRST_COMPLETED});
            note(name + "=" + std::to_string(done.size()));
        } else {
            const std::chrono::seconds limit(pick(3));
            co_await timeout(limit, [&] { return node(a, depth - 1); });
        }
    }

    Coroutine<> node(string name, int depth) {
        try {
            co_await inner(name, depth);
            note(name + ".");
        } catch (const CancelledError&) {
            note(name + "!");
            if (stops_ || pick(4) != 0) throw;
        } catch (const ExceptionGroup& group) {
            note(name + "g" + std::to_string(group.exceptions().size()));
            if (pick(2) != 0) throw;
        } catch (const TimeoutError&) {
            note(name + "t");
            if (pick(2) != 0) throw;
        } catch (const ValueError& error) {
            note(name + "<" + error.what());
            if (pick(2) != 0) throw;
        }
    }

    std::uint32_t state_;
    string log_;
    vector<Task<>> tasks_;
    bool stops_ = false;
};

Coroutine<> grow(int depth, unsigned first, unsigned count) {
    get_running_loop().set_exception_handler([](EventLoop&, const ExceptionContext&) {});
    for (unsigned seed = first; seed < first + count; ++seed) {
        Tree tree(seed);
        co_await tree.run(depth);
    }
}

}  // namespace

TWIN(shallow) {
    co_await grow(1, 0, 60);
}

TWIN(middling) {
    co_await grow(3, 100, 60);
}

TWIN(deep) {
    co_await grow(6, 200, 60);
}
