// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/await_graph_panel.hpp"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/graph/await_graph_view.hpp"
#include "ui/model/format.hpp"
#include "ui/panels/empty_state.hpp"

namespace awaitscope::ui {
namespace {

constexpr int pause_most_ms = 1000;
/// Cycles told by name above the graph.
constexpr qsizetype cycles_told = 3;

}  // namespace

AwaitGraphPanel::AwaitGraphPanel(TraceSession& session, ViewState& view, QWidget* parent)
    : QWidget(parent),
      session_(session),
      view_(view),
      cycles_(new QLabel(this)),
      graph_(new AwaitGraphView(this)),
      rest_(new QLabel(this)),
      empty_(new EmptyState({}, {}, this)) {
    setObjectName("awaitGraphPanel");
    cycles_->setObjectName("cycles");
    cycles_->setProperty("class", "bad");
    cycles_->setWordWrap(true);
    cycles_->setContentsMargins(16, 10, 16, 2);
    cycles_->setTextFormat(Qt::PlainText);
    rest_->setProperty("class", "soft");
    rest_->setWordWrap(true);
    rest_->setContentsMargins(16, 4, 16, 8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(cycles_);
    column->addWidget(graph_, 1);
    column->addWidget(rest_);
    column->addWidget(empty_);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &AwaitGraphPanel::compute);
    connect(&view_, &ViewState::cursorChanged, this, &AwaitGraphPanel::later);
    connect(&view_, &ViewState::placesChanged, this, &AwaitGraphPanel::later);
    connect(&view_, &ViewState::selectionChanged, this, [this] {
        graph_->setSelectedTask(view_.selectedTask());
        later();
    });
    connect(graph_, &AwaitGraphView::taskChosen, &view_, &ViewState::setSelectedTask);
    connect(graph_, &AwaitGraphView::taskActivated, this, &AwaitGraphPanel::taskActivated);
    connect(graph_, &AwaitGraphView::thingActivated, this, &AwaitGraphPanel::thingActivated);
    take({});
}

AwaitGraphPanel::~AwaitGraphPanel() = default;

QString AwaitGraphPanel::about() {
    return tr(
        "Who waits for whom at the cursor. Each task points to what it waits for: a lock, a queue, a gather, a timer; "
        "and that points to the tasks behind it, such as the lock's owner. Tasks that wait for each other in a circle "
        "can never go on: such a cycle is red. Arrow keys walk along the lines, Return shows the source line, + and - "
        "zoom, Ctrl+C copies picture and text.");
}

void AwaitGraphPanel::setPanelStyle(const PanelStyle& style) {
    graph_->setPanelStyle(style);
}

void AwaitGraphPanel::later() {
    // Nobody sees a hidden panel; showing it computes it.
    if (isVisible() && !timer_.isActive()) timer_.start(pause_ms_);
}

void AwaitGraphPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    later();
}

void AwaitGraphPanel::compute() {
    computing_.start();
    job_.start([this, cursor = view_.cursor(), selected = view_.selectedTask(),
                places = view_.places()]() -> TraceJob::Deliver {
        auto graph = std::make_shared<AwaitGraph>();
        {
            auto trace = session_.trace();
            const auto enough = [&] {
                trace.breathe();
                return job_.isCancelled();
            };
            *graph = awaitGraph(*trace, cursor, selected, AwaitGraph::shown_most, enough, places);
        }
        return [this, graph] {
            pause_ms_ = std::min(pause_most_ms, static_cast<int>(computing_.elapsed()) * 2);
            take(std::move(*graph));
        };
    });
}

void AwaitGraphPanel::refresh() {
    timer_.stop();
    compute();
    job_.finish();
}

void AwaitGraphPanel::take(AwaitGraph graph) {
    const bool empty = graph.nodes.empty();
    if (empty && graph.any_before)
        empty_->setText(tr("No task is alive"), tr("All that were created up to the cursor have ended."));
    else
        empty_->setText(
            tr("No tasks yet"),
            tr("Tasks and what they wait for are drawn here once the cursor stands behind their creation."));
    QStringList cycles = graph.cycles.mid(0, cycles_told);
    for (QString& cycle : cycles) cycle = tr("Cycle: %1").arg(cycle);
    if (graph.cycles.size() > cycles_told)
        cycles << withThousands(tr("and %n more cycles", nullptr, static_cast<int>(graph.cycles.size() - cycles_told)),
                                static_cast<std::uint64_t>(graph.cycles.size() - cycles_told));
    cycles_->setText(cycles.join('\n'));
    cycles_->setVisible(!cycles.isEmpty());
    rest_->setText(tr("%1 of %2 tasks are shown: the selected one and those near it, cycles, then the largest trees.")
                       .arg(formatCount(graph.shown), formatCount(graph.alive)));
    rest_->setVisible(graph.shown < graph.alive);
    empty_->setVisible(empty);
    graph_->setVisible(!empty);
    graph_->setGraph(std::move(graph));
    graph_->setSelectedTask(view_.selectedTask());
}

}  // namespace awaitscope::ui
