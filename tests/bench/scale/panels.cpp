// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemView>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <functional>
#include <random>

#include "tests/bench/scale/gui_hand.hpp"
#include "ui/model/event_log_model.hpp"
#include "ui/model/findings_watch.hpp"
#include "ui/model/task_table_model.hpp"
#include "ui/panels/events_panel.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/findings_panel.hpp"
#include "ui/panels/task_panel.hpp"

namespace awaitscope::bench {
namespace {

constexpr QSize panel_size(900, 700);

}  // namespace

std::vector<PanelGesture> panel_times(ui::TraceSession& session, std::uint64_t seed) {
    std::vector<PanelGesture> all;
    std::mt19937_64 random(seed);
    ui::ViewState state;
    state.setFollowing(false);
    EventIndex count = 0;
    {
        const auto trace = session.trace();
        count = trace->event_count();
    }
    state.setCursor(count - 1);
    const auto scroll = [&](QAbstractItemView* view) {
        QScrollBar* bar = view->verticalScrollBar();
        bar->setValue(static_cast<int>(random() % static_cast<unsigned>(bar->maximum() + 1)));
    };
    const auto moves = [&](Hand& hand, QAbstractItemView* view, const std::function<bool()>& busy) {
        for (int i = 0; i < 20; ++i)
            hand.does(
                "scroll", [&] { scroll(view); }, busy);
        for (int i = 0; i < 20; ++i)
            hand.does(
                "cursor", [&] { state.setCursor(random() % count); }, busy);
        hand.does(
            "cursor", [&] { state.setCursor(count - 1); }, busy);
    };
    {
        Hand hand(all, "tasks");
        std::unique_ptr<ui::TaskPanel> panel;
        hand.does(
            "open",
            [&] {
                panel = std::make_unique<ui::TaskPanel>(session, state);
                panel->resize(panel_size);
                panel->show();
                panel->repaint();
            },
            [] { return false; });
        auto* table = panel->findChild<QTableView*>();
        const auto* model = static_cast<const ui::TaskTableModel*>(table->model());
        const auto busy = [model] { return model->busy(); };
        moves(hand, table, busy);
        for (int column = 0; column < ui::TaskTableModel::ColumnCount; ++column)
            hand.does(
                "sort", [&] { table->sortByColumn(column, Qt::DescendingOrder); }, busy);
        moves(hand, table, busy);
        hand.does(
            "sort", [&] { table->sortByColumn(-1, Qt::AscendingOrder); }, busy);
        for (const char* text : {"7", "waiting", "nothing like it", ""})
            hand.does(
                "filter", [&] { panel->filterField()->setText(text); }, busy);
    }
    {
        Hand hand(all, "events");
        std::unique_ptr<ui::EventsPanel> panel;
        hand.does(
            "open",
            [&] {
                panel = std::make_unique<ui::EventsPanel>(session, state);
                panel->resize(panel_size);
                panel->show();
                panel->repaint();
            },
            [] { return false; });
        auto* table = panel->findChild<QTableView*>();
        const auto* model = static_cast<const ui::EventLogModel*>(table->model());
        const auto busy = [model] { return model->busy(); };
        moves(hand, table, busy);
        for (const char* text : {"7", "sleep", "nothing like it", ""})
            hand.does(
                "filter", [&] { panel->filterField()->setText(text); }, busy);
        for (const char* group : {"tasks", "loop"})
            hand.does(
                "filter", [&] { panel->showGroups({group}); }, busy);
        moves(hand, table, busy);
    }
    {
        Hand hand(all, "findings");
        ui::FindingsWatch watch(session);
        std::unique_ptr<ui::FindingsPanel> panel;
        const auto busy = [&] { return watch.progress() < 1; };
        hand.does(
            "open",
            [&] {
                panel = std::make_unique<ui::FindingsPanel>(watch, state);
                panel->resize(panel_size);
                panel->show();
                panel->repaint();
            },
            busy);
        auto* list = panel->findChild<QAbstractItemView*>();
        moves(hand, list, busy);
        for (const char* text : {"loop", "nothing like it", ""})
            hand.does(
                "filter", [&] { panel->filterField()->setText(text); }, busy);
    }
    return all;
}

}  // namespace awaitscope::bench
