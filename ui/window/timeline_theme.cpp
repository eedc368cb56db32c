// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/timeline_theme.hpp"

#include "ui/window/theme.hpp"

namespace awaitscope::ui {

TimelineStyle timelineStyle(const Theme& theme) {
    TimelineStyle style = theme.isDark() ? TimelineStyle::dark() : TimelineStyle::light();
    style.background = theme.color("window");
    style.raised = theme.color("raised");
    style.line = theme.color("row_line");
    style.grid = theme.color("line");
    style.text = theme.color("text");
    style.text_dim = theme.color("text_soft");
    style.text_faint = theme.color("text_faint");
    style.selected_row = theme.color("selection");
    style.chip = theme.color("chip");
    style.accent = theme.color("accent");
    style.cursor = theme.color("cursor");
    style.running = theme.color("running");
    style.ready = theme.color("ready");
    style.finished = theme.color("finished");
    style.cancelled = theme.color("cancelled");
    style.failed = theme.color("failed");
    const std::pair<WaitClass, const char*> waits[] = {{WaitClass::sleep, "sleep"},
                                                       {WaitClass::gather, "gather"},
                                                       {WaitClass::lock, "lock"},
                                                       {WaitClass::queue, "queue"},
                                                       {WaitClass::io, "io"}};
    for (const auto& [kind, name] : waits) style.wait[static_cast<std::size_t>(kind)] = theme.color(name);
    return style;
}

}  // namespace awaitscope::ui
