// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>
#include <array>
#include <optional>

#include "ui/model/diff_findings_model.hpp"
#include "ui/model/diff_model.hpp"
#include "ui/panels/panel_style.hpp"

class QTableView;
class QToolButton;

namespace awaitscope::ui {

class DiffDelegate;
class EmptyState;

/// What differs between two runs: a table of coroutines, one of lines, and one of findings.
class CompareTables : public QTabWidget {
    Q_OBJECT
  public:
    enum class Tab { coroutines, lines, findings };

    explicit CompareTables(QWidget* parent = nullptr);

    /// Until then the tables say that the runs are read.
    void setDiff(TraceDiff diff);
    QTableView* table(Tab tab) const { return pages_[static_cast<std::size_t>(tab)].table; }
    /// What a tab says in place of its table; hidden while there are rows.
    EmptyState* emptyState(Tab tab) const { return pages_[static_cast<std::size_t>(tab)].empty; }
    /// Lists what does not differ, too, while it is pressed.
    QToolButton* allButton() const { return all_; }
    void setPanelStyle(const PanelStyle& style);

  signals:
    void functionChosen(QString function);
    /// Chosen, or activated once more.
    void findingChosen(const DiffFinding& finding);

  private:
    struct Page {
        QTableView* table = nullptr;
        EmptyState* empty = nullptr;
        QString title;
        QString same;  ///< what to say when all of it is the same in both; %1: how many
    };

    void addPage(Tab tab, QAbstractItemModel& model, const Page& words, std::initializer_list<int> widths, int stretch);
    void fill();
    void fillPage(Tab tab, std::size_t all);
    void chooseFinding(const QModelIndex& index);

    std::array<Page, 3> pages_;
    DiffModel coroutines_{DiffModel::What::coroutines};
    DiffModel lines_{DiffModel::What::lines};
    DiffFindingsModel findings_;
    DiffDelegate* delegate_;
    QToolButton* all_;
    std::optional<TraceDiff> diff_;
};

}  // namespace awaitscope::ui
