// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/place_words.hpp"
#include "ui/panels/panel_style.hpp"

class QLabel;
class QVBoxLayout;

namespace awaitscope::ui {

class FigureTable;
class Sparkline;

/// One lock, queue or the like at a moment: who holds it, who waits in which order, how full it was, and what last
/// happened to it.
class PrimitiveDetails : public QWidget {
    Q_OBJECT
  public:
    explicit PrimitiveDetails(QWidget* parent = nullptr);

    void setPanelStyle(const PanelStyle& style);
    /// Takes what it shows out of the trace, which is not kept.
    void show(const Trace& trace, const PrimitiveMoment& primitive, EventIndex cursor, const PlaceWords& places);

  signals:
    void taskChosen(awaitscope::TaskIndex task);
    void momentChosen(awaitscope::EventIndex cursor);

  private:
    struct ChipText {
        TaskIndex task = no_task;
        QString name, word;
        WaitKind on = WaitKind::none;
        bool operator==(const ChipText&) const = default;
    };
    void showChips(QVBoxLayout* column, std::vector<ChipText>& shown, std::vector<ChipText> wanted, std::size_t more);
    void showLast(const Trace& trace, const PrimitiveMoment& primitive, EventIndex cursor);

    PanelStyle style_;
    QLabel* name_;
    QLabel* state_;
    QLabel* level_head_;
    Sparkline* level_;
    QLabel* owner_head_;
    QVBoxLayout* owner_;
    QLabel* waiters_head_;
    QVBoxLayout* waiters_;
    QLabel* last_head_;
    FigureTable* last_;
    std::vector<ChipText> shown_owner_, shown_waiters_;
    std::vector<EventIndex> last_events_;
};

}  // namespace awaitscope::ui
