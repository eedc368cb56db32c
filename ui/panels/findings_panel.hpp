// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/model/findings_model.hpp"
#include "ui/model/view_state.hpp"
#include "ui/panels/panel_style.hpp"

class QListView;
class QSplitter;
class QToolButton;

namespace awaitscope::ui {

class FilterField;
class EmptyState;
class FindingDelegate;
class FindingDetail;

/// What was found in the trace: a list, and beside it the chosen one in full, with the way to it. Watch and view
/// outlive it.
class FindingsPanel : public QWidget {
    Q_OBJECT
  public:
    FindingsPanel(FindingsWatch& watch, ViewState& view, QWidget* parent = nullptr);

    /// The filter and the choice of the muted ones; stand in the dock's title row, so the panel makes them but does not
    /// lay them out.
    QWidget* filterBar() const { return bar_; }
    FilterField* filterField() const { return text_; }
    QToolButton* mutedButton() const { return muted_; }
    QListView* list() const { return list_; }
    FindingsModel& model() { return model_; }
    FindingDetail* detail() const { return detail_; }

    /// Where the findings that are not muted stand, ascending: for the timeline, and for stepping from one to the next.
    std::vector<EventIndex> events() const;
    /// Chooses one, where it is in the list, and goes to it.
    void goTo(const QString& key);
    void setPanelStyle(const PanelStyle& style);
    static QString about();

  signals:
    void countChanged(int count);  ///< of findings that are not muted
    void eventsChanged();
    void sourceWanted();  ///< the chosen one's line is to be seen; cursor and selection are there already

  protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void buildBar();
    void findingsChanged();
    void showChosen();
    const ShownFinding* chosen() const;
    void go(const QModelIndex& index);
    /// The event of the occurrence that is gone to: the worst, until another was walked to.
    EventIndex occurrenceOf(const ShownFinding& finding) const;
    void walk(int occurrences);
    void muteChosen();

    FindingsWatch& watch_;
    ViewState& view_;
    FindingsModel model_;
    QWidget* bar_;
    FilterField* text_;
    QToolButton* muted_;
    QSplitter* splitter_;
    QListView* list_;
    FindingDelegate* delegate_;
    FindingDetail* detail_;
    EmptyState* empty_;
    EventIndex walked_to_ = no_event;  ///< an occurrence of the finding that has this key
    QString walked_in_;
    int last_count_ = -1;
    std::vector<EventIndex> last_events_;
};

}  // namespace awaitscope::ui
