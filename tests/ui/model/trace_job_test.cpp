// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/trace_job.hpp"

#include <QCoreApplication>
#include <QTest>
#include <QThread>
#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <vector>

using namespace awaitscope::ui;

namespace {

/// Work that waits until it is let go, and then delivers a number.
struct Gate {
    std::promise<void> open;
    std::shared_future<void> opened = open.get_future().share();
    TraceJob::Work deliver(std::vector<int>& to, int number) {
        return [opened = opened, &to, number]() -> TraceJob::Deliver {
            opened.wait();
            return [&to, number] { to.push_back(number); };
        };
    }
};

}  // namespace

TEST_CASE("a job's work is done in another thread, and delivered in the one that asked") {
    TraceJob job;
    const QThread* worked = nullptr;
    const QThread* delivered = nullptr;
    job.start([&]() -> TraceJob::Deliver {
        worked = QThread::currentThread();
        return [&] { delivered = QThread::currentThread(); };
    });
    CHECK(job.isBusy());
    CHECK(delivered == nullptr);
    CHECK(QTest::qWaitFor([&] { return !job.isBusy(); }));
    CHECK(delivered == QThread::currentThread());
    CHECK(worked != QThread::currentThread());
}

TEST_CASE("of what is asked for meanwhile only the newest is done") {
    std::vector<int> delivered;
    TraceJob job;
    Gate gate;
    for (int i = 1; i <= 5; ++i) job.start(gate.deliver(delivered, i));
    gate.open.set_value();
    job.finish();
    CHECK(delivered == std::vector<int>{1, 5});
    QCoreApplication::processEvents();
    CHECK(delivered.size() == 2);
    job.start(gate.deliver(delivered, 6));
    job.finish();
    CHECK(delivered == std::vector<int>{1, 5, 6});
}

TEST_CASE("what is delivered may ask for more") {
    TraceJob job;
    int rounds = 0;
    std::function<void()> again = [&] {
        job.start([&]() -> TraceJob::Deliver {
            return [&] {
                if (++rounds < 4) again();
            };
        });
    };
    again();
    job.finish();
    CHECK(rounds == 4);
}

TEST_CASE("what was cancelled is not delivered, and knows that it may end") {
    std::vector<int> delivered;
    TraceJob job;
    std::promise<void> begun;
    job.start([&]() -> TraceJob::Deliver {
        begun.set_value();
        while (!job.isCancelled()) QThread::yieldCurrentThread();
        return [&] { delivered.push_back(1); };
    });
    begun.get_future().wait();
    job.cancel();
    CHECK_FALSE(job.isBusy());
    CHECK_FALSE(job.isCancelled());
    QCoreApplication::processEvents();
    CHECK(delivered.empty());
}

TEST_CASE("a job that goes waits for its work, and delivers nothing") {
    std::vector<int> delivered;
    std::atomic<bool> worked = false;
    {
        TraceJob job;
        job.start([&]() -> TraceJob::Deliver {
            worked = true;
            return [&] { delivered.push_back(1); };
        });
    }
    CHECK(worked);
    QCoreApplication::processEvents();
    CHECK(delivered.empty());
}
