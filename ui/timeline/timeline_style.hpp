// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <array>

#include "instrumentation/event/event_kind.hpp"

namespace awaitscope::ui {

/// What a task waits for, as far as colours and patterns tell it apart.
enum class WaitClass : std::uint8_t {
    sleep,
    gather,  ///< other tasks: a task, a gather, a group
    lock,    ///< a lock, event, condition, semaphore or barrier
    queue,
    io,
    thread,  ///< a thread or a process
    other,   ///< a future of unknown purpose; or lost events hide what
};
inline constexpr std::size_t wait_class_count = 7;

WaitClass waitClass(WaitKind kind);
/// The legend's word: "sleep", "I/O".
QString waitClassText(WaitClass wait);

/// How a waiting span is filled, so that no kind is told by its colour alone.
enum class WaitPattern : std::uint8_t { plain, rising, falling, dots, level, upright, crossed };
WaitPattern waitPattern(WaitClass wait);

/// Every colour and font of the timeline and the charts. The hues are Okabe and Ito's, which stay apart for
/// colour-blind eyes; light and dark differ in the greys, and in blue and amber where contrast asks for it.
struct TimelineStyle {
    QColor background;  ///< behind the tracks
    QColor raised;      ///< overview bar and headings
    QColor line;        ///< between rows
    QColor grid;        ///< under the ruler's ticks
    QColor text;
    QColor text_dim;    ///< second lines, the ruler's labels
    QColor text_faint;  ///< empty states
    QColor selected_row;
    QColor hovered_row;
    QColor chip;    ///< the legend's and tooltips' ground
    QColor accent;  ///< frame of the overview's window, the live edge, focus
    QColor future;  ///< laid over all that comes after the cursor; translucent
    QColor cursor;
    QColor running;
    QColor ready;
    QColor wait_ground;  ///< under the pattern of waiting
    std::array<QColor, wait_class_count> wait;
    QColor finished;
    QColor cancelled;
    QColor failed;
    QColor glyph;  ///< the sign inside an end mark
    QColor io_read;
    QColor io_write;
    QColor mark;
    QColor loss;
    QFont font;        ///< names
    QFont small_font;  ///< second lines, labels, ruler
    QFont mono_font;   ///< what the program printed, exact times

    /// What lies under the pattern of a kind; plain ones have a tint instead of one.
    QColor waitGround(WaitClass kind) const;
    const QColor& waitColor(WaitClass kind) const { return wait[static_cast<std::size_t>(kind)]; }

    static TimelineStyle dark();
    static TimelineStyle light();
};

/// The one colour laid over the other; `share` of it, from 0 to 1.
QColor mixed(const QColor& under, const QColor& over, double share);

/// Inter where it is installed, else the system's; JetBrains Mono, else the system's fixed font. Sizes in pixels.
QFont textFont(int pixels, QFont::Weight weight = QFont::Normal);
QFont codeFont(int pixels);

}  // namespace awaitscope::ui
