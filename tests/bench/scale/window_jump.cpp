// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>

#include "tests/bench/scale/gui_hand.hpp"
#include "ui/model/findings_watch.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::bench {
namespace {

constexpr QSize window_size(1280, 720);
constexpr int jumps = 10;
constexpr const char* in_front[] = {"tasks", "loop", "graph", "primitives", "charts", "events", "findings", "source"};

}  // namespace

std::unique_ptr<ui::TraceSession> window_times(std::unique_ptr<ui::TraceSession> session, std::uint64_t seed,
                                               std::vector<PanelGesture>& out) {
    std::mt19937_64 random(seed);
    const EventIndex count = session->trace()->event_count();
    QWidget screen;  // its size is nobody's wish
    screen.resize(window_size);
    ui::Workspace window(std::move(session), {}, &screen);
    Hand hand(out, "window");
    const auto busy = [&] { return window.findingsWatch().progress() < 1; };
    hand.does(
        "open",
        [&] {
            window.resize(window_size);
            window.resetLayout();
            screen.show();
            screen.repaint();
        },
        busy);
    for (const char* panel : in_front) {
        hand.does(
            "panel in front", [&] { window.showPanel(panel); }, busy);
        for (int i = 0; i < jumps; ++i)
            hand.does(
                "jump",
                [&] {
                    window.view().setCursor(random() % count);
                    window.repaint();
                },
                busy);
    }
    return window.release();
}

}  // namespace awaitscope::bench
