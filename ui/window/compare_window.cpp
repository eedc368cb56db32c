// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/compare_window.hpp"

#include <QAction>
#include <QCoreApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "instrumentation/analysis/analyzer.hpp"
#include "ui/model/format.hpp"
#include "ui/panels/choice_box.hpp"
#include "ui/timeline/timeline_view.hpp"
#include "ui/window/compare_tables.hpp"
#include "ui/window/theme.hpp"
#include "ui/window/timeline_theme.hpp"

namespace awaitscope::ui {
namespace {

QString letter(int side) {
    return side == 0 ? QStringLiteral("A") : QStringLiteral("B");
}

/// The first mark of each text, and when it was left.
std::vector<std::pair<QString, Nanoseconds>> marksOf(const Trace& trace) {
    std::vector<std::pair<QString, Nanoseconds>> marks;
    for (const std::uint32_t event : trace.marks()) {
        const QString name = toQString(trace.symbols().string(trace.event(event).b));
        if (std::ranges::find(marks, name, &std::pair<QString, Nanoseconds>::first) == marks.end())
            marks.emplace_back(name, trace.time_at(event));
    }
    return marks;
}

}  // namespace

CompareWindow::CompareWindow(OpenedSource before, OpenedSource after, QWidget* parent) : QMainWindow(parent) {
    setObjectName("compareWindow");
    setWindowTitle(tr("%1 and %2 - Awaitscope").arg(before.description.name, after.description.name));
    resize(1280, 800);
    auto* middle = new QWidget(this);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    auto* splitter = new QSplitter(Qt::Vertical, middle);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(buildSide(0, std::move(before)));
    splitter->addWidget(buildSide(1, std::move(after)));
    splitter->addWidget(buildTables());
    splitter->setSizes({260, 260, 240});
    column->addWidget(splitter, 1);
    setCentralWidget(middle);
    for (Side& side : sides_) side.view.setFollowing(false);
    aligned_ = std::make_unique<AlignedViews>(AlignedViews::Side{*sides_[0].session, sides_[0].view},
                                              AlignedViews::Side{*sides_[1].session, sides_[1].view});
    for (Side& side : sides_) {
        connect(side.session.get(), qOverload<QString>(&TraceSession::ended), this, &CompareWindow::read);
        side.timeline->setSession(side.session.get());
    }
    auto* close = new QAction(tr("Close"), this);
    close->setShortcuts({Qt::CTRL | Qt::Key_W, Qt::CTRL | Qt::Key_F4});
    addAction(close);
    connect(close, &QAction::triggered, this, &QWidget::close);
    connect(&ThemeSwitch::instance(), &ThemeSwitch::changed, this, &CompareWindow::applyTheme);
    applyTheme();
    read();
}

CompareWindow::~CompareWindow() {
    // Timelines refer to sessions and views, which as members would go before them.
    delete takeCentralWidget();
}

QWidget* CompareWindow::buildBar() {
    auto* bar = new QWidget(this);
    bar->setObjectName("topBar");
    bar->setAttribute(Qt::WA_StyledBackground);
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(14, 8, 14, 8);
    line->setSpacing(10);
    auto* what = new QLabel(tr("Align by"), bar);
    what->setProperty("class", "soft");
    alignment_ = new ChoiceBox(bar);
    alignment_->setAccessibleName(tr("Where both recordings stand one above the other"));
    alignment_->setMinimumWidth(170);
    alignment_->addItem(tr("the begin"));
    auto* fit_button = new QToolButton(bar);
    fit_button->setProperty("class", "framed");
    fit_button->setText(tr("Fit"));
    fit_button->setToolTip(tr("Show all of both"));
    summary_ = new QLabel(tr("Reading..."), bar);
    summary_->setObjectName("compareSummary");
    line->addWidget(what);
    line->addWidget(alignment_);
    line->addWidget(fit_button);
    line->addSpacing(12);
    line->addWidget(summary_, 1);
    connect(alignment_, &QComboBox::activated, this, &CompareWindow::align);
    connect(fit_button, &QToolButton::clicked, this, &CompareWindow::fit);
    return bar;
}

QWidget* CompareWindow::buildSide(int index, OpenedSource opened) {
    Side& side = sides_[static_cast<std::size_t>(index)];
    side.name = opened.description.name;
    side.lifetime = std::move(opened.description.lifetime);
    side.session = std::make_unique<TraceSession>(std::move(opened.source));
    side.box = new QWidget(this);
    auto* column = new QVBoxLayout(side.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* title = new QLabel(QString("<b>%1</b>&nbsp; %2").arg(letter(index), side.name.toHtmlEscaped()), side.box);
    title->setTextFormat(Qt::RichText);
    title->setContentsMargins(14, 5, 14, 5);
    side.timeline = new TimelineView(side.view, side.box);
    side.timeline->setLegendVisible(false);
    side.timeline->setKeepsScrollRoom(true);  // else the axes part where only one has more rows than are seen
    side.timeline->setAccessibleName(tr("Timeline %1: %2").arg(letter(index), side.name));
    connect(side.timeline, &TimelineView::axisChanged, this, [this](AxisKind axis) {
        for (Side& each : sides_)
            if (each.timeline->axis() != axis) each.timeline->setAxis(axis);
    });
    auto* rule = new QFrame(side.box);
    rule->setProperty("class", "rule");
    column->addWidget(rule);
    column->addWidget(title);
    column->addWidget(side.timeline, 1);
    return side.box;
}

CompareTables* CompareWindow::buildTables() {
    tables_ = new CompareTables(this);
    // The tasks of the chosen coroutine stand out in both timelines.
    connect(tables_, &CompareTables::functionChosen, this, [this](const QString& function) {
        for (Side& side : sides_) side.view.setSearch(function);
    });
    connect(tables_, &CompareTables::findingChosen, this, &CompareWindow::showFinding);
    return tables_;
}

/// Where it was found; the other run's cursor goes to the same moment.
void CompareWindow::showFinding(const DiffFinding& finding) {
    Side& side = sides_[static_cast<std::size_t>(finding.side())];
    const TaskIndex task = task_to_look_at(finding.finding, *side.session->trace());
    if (task != no_task) side.view.setSelectedTask(task);
    side.view.setCursor(finding.finding.event);
}

QString CompareWindow::summary() const {
    return summary_->text();
}

void CompareWindow::read() {
    if (compared_ || job_.isBusy()) return;
    if (!std::ranges::all_of(sides_, [](const Side& side) { return side.session->ended(); })) return;
    // All of it has happened: nothing is dimmed as yet to come.
    for (Side& side : sides_) side.view.setCursor(side.session->trace()->event_count() - 1);
    fillAlignment();
    fit();
    compareNow();
}

void CompareWindow::compareNow() {
    summary_->setText(tr("Comparing..."));
    job_.start([this, a = sides_[0].session.get(), b = sides_[1].session.get(), name_a = sides_[0].name.toStdString(),
                name_b = sides_[1].name.toStdString()]() -> TraceJob::Deliver {
        // Both have ended: nobody appends, so that holding two readers cannot wait for anybody.
        const auto trace_a = a->trace(), trace_b = b->trace();
        Analyzer before, after;
        before.gather_figures();
        after.gather_figures();
        before.advance(*trace_a);
        after.advance(*trace_b);
        const auto found_a = before.findings(*trace_a), found_b = after.findings(*trace_b);
        TraceDiff diff =
            compare({name_a, *trace_a, before.figures(), found_a}, {name_b, *trace_b, after.figures(), found_b});
        return [this, diff = std::move(diff)]() mutable { showDiff(std::move(diff)); };
    });
}

void CompareWindow::showDiff(TraceDiff diff) {
    compared_ = true;
    const auto text = [](auto count) { return formatCount(static_cast<std::uint64_t>(count)); };
    const auto count = [&](Verdict verdict) {
        return text(std::ranges::count(diff.lines, verdict, &DiffRow::verdict));
    };
    summary_->setText(
        tr("%1 against %2. Of %3 lines: %4 slower, %5 new, %6 gone, %7 faster. Findings: %8 new, %9 gone.")
            .arg(formatDuration(diff.length[0]), formatDuration(diff.length[1]))
            .arg(text(diff.lines.size()))
            .arg(count(Verdict::slower))
            .arg(count(Verdict::added))
            .arg(count(Verdict::gone))
            .arg(count(Verdict::faster))
            .arg(text(std::ranges::count(diff.findings, Verdict::added, &DiffFinding::verdict)))
            .arg(text(std::ranges::count(diff.findings, Verdict::gone, &DiffFinding::verdict))));
    summary_->setToolTip(tr("A percentile counts as different when the ranges in which both lie at 95 % confidence are "
                            "apart, and then by %1 % and %2 at least.")
                             .arg(diff.options.share * 100)
                             .arg(formatDuration(diff.options.least)));
    tables_->setDiff(std::move(diff));
}

void CompareWindow::fillAlignment() {
    const auto marks_a = marksOf(*sides_[0].session->trace()), marks_b = marksOf(*sides_[1].session->trace());
    for (const auto& [name, time] : marks_a) {
        const auto other = std::ranges::find(marks_b, name, &std::pair<QString, Nanoseconds>::first);
        if (other != marks_b.end())
            alignment_->addItem(tr("mark: %1").arg(name), static_cast<qlonglong>(other->second - time));
    }
}

void CompareWindow::align() {
    const QVariant chosen = alignment_->currentData();
    const Nanoseconds begin_a = sides_[0].session->trace()->begin();
    const Nanoseconds begin_b = sides_[1].session->trace()->begin();
    aligned_->setOffset(chosen.isValid() ? chosen.toLongLong() : begin_b - begin_a);
}

void CompareWindow::fit() {
    align();
    TimeRange all{};
    {
        const auto trace = sides_[0].session->trace();
        all = {trace->begin(), trace->end()};
    }
    {
        const auto trace = sides_[1].session->trace();
        all.begin = std::min(all.begin, trace->begin() - aligned_->offset());
        all.end = std::max(all.end, trace->end() - aligned_->offset());
    }
    // With air at both ends; a range of exactly everything would be widened by each timeline for itself.
    const Nanoseconds air = std::max<Nanoseconds>(all.length() / 50, 1);
    aligned_->setRange({all.begin - air, all.end + air});
}

void CompareWindow::finish() {
    while (!std::ranges::all_of(sides_, [](const Side& side) { return side.session->ended(); }))
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QCoreApplication::processEvents();
    job_.finish();
}

void CompareWindow::applyTheme() {
    const Theme& theme = ThemeSwitch::instance().theme();
    for (Side& side : sides_) side.timeline->setTimelineStyle(timelineStyle(theme));
    tables_->setPanelStyle(theme.panelStyle());
}

}  // namespace awaitscope::ui
