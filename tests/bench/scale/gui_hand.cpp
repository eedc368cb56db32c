// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/scale/gui_hand.hpp"

#include <QCoreApplication>
#include <QEventLoop>
#include <algorithm>

namespace awaitscope::bench {
namespace {

double timed(const std::function<void()>& act) {
    const Stopwatch watch(CLOCK_THREAD_CPUTIME_ID);  // to wait is no block
    act();
    return watch.milliseconds();
}

}  // namespace

void Hand::does(std::string_view gesture, const std::function<void()>& act, const std::function<bool()>& busy) {
    double longest = timed(act);
    for (int quiet = 0; quiet < 3; quiet = busy() ? 0 : quiet + 1) {
        const auto how = busy() ? QEventLoop::WaitForMoreEvents : QEventLoop::AllEvents;
        longest = std::max(longest, timed([&] { QCoreApplication::processEvents(how); }));
    }
    const auto same = std::ranges::find_if(
        out_, [&](const PanelGesture& one) { return one.panel == panel_ && one.gesture == gesture; });
    if (same == out_.end())
        out_.push_back({panel_, gesture, longest});
    else
        same->block_ms = std::max(same->block_ms, longest);
}

}  // namespace awaitscope::bench
