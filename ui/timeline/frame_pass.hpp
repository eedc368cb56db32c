// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <optional>
#include <vector>

#include "ui/geometry/level_of_detail.hpp"
#include "ui/timeline/frame_builder.hpp"

namespace awaitscope::ui {

/// What the steps of FrameBuilder::build() share.
struct FrameBuilder::Pass {
    const Trace& trace;
    const Axis& axis;
    const RowLayout& layout;
    const FrameRequest& request;
    const ColumnMap& columns;
    TimelineFrame& frame;
    /// Steps whose output has a place of its own under the bars, found while the tracks are drawn.
    struct OutputLine {
        TaskIndex task;
        double y;
    };
    std::vector<OutputLine> output_lines;

    /// An event that is not to be known yet.
    bool hides(EventIndex event) const {
        return request.future_hidden && (request.cursor == no_event || event > request.cursor);
    }

    /// It has happened by the cursor.
    bool isKnown(EventIndex event) const {
        return request.has_cursor && request.cursor != no_event && event <= request.cursor;
    }

    double x(int column) const { return column / columns.perPixel(); }
};

}  // namespace awaitscope::ui
