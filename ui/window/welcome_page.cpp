// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/welcome_page.hpp"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/panels/label.hpp"
#include "ui/window/course_list.hpp"
#include "ui/window/logo.hpp"
#include "ui/window/process_words.hpp"
#include "ui/window/recent_files.hpp"
#include "ui/window/theme.hpp"

namespace awaitscope::ui {
namespace {

constexpr int refresh_ms = 1000;
constexpr int page_width_max = 1240;
constexpr int side_width = 400;
constexpr std::ptrdiff_t dead_shown = 3;  // the newest; the dialog has all

void clear(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
}

/// A boxed list row: a strong line, a soft line, and something to press.
QWidget* row(const QString& head, const QString& text, QPushButton* button, QWidget* parent) {
    auto* made = new QWidget(parent);
    auto* grid = new QGridLayout(made);
    grid->setContentsMargins(14, 9, 12, 9);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    grid->addWidget(label(head, "strong", made), 0, 0);
    grid->addWidget(label(text, "soft", made), 1, 0);
    if (button) {
        button->setParent(made);
        grid->addWidget(button, 0, 1, 2, 1, Qt::AlignVCenter);
    }
    grid->setColumnStretch(0, 1);
    return made;
}

/// The soft line on a process.
QString about(const ProcessEntry& entry) {
    const QString told = WelcomePage::tr("pid %1  ·  %2").arg(entry.pid);
    if (!entry.problem.isEmpty()) return told.arg(entry.problem);
    if (entry.state != ProcessEntry::State::running) return told.arg(processState(entry));
    const QString tasks =
        entry.tasks == 1 ? WelcomePage::tr("1 task") : WelcomePage::tr("%1 tasks").arg(formatCount(entry.tasks));
    if (entry.events_per_second <= 0) return told.arg(tasks);
    const auto rate = static_cast<std::uint64_t>(qRound64(entry.events_per_second));
    return told.arg(tasks + WelcomePage::tr("  ·  %1 events/s").arg(formatCount(rate)));
}

QFrame* rule(QWidget* parent) {
    auto* made = new QFrame(parent);
    made->setProperty("class", "rule");
    return made;
}

}  // namespace

WelcomePage::WelcomePage(const WindowServices& services, QWidget* parent) : QWidget(parent), services_(services) {
    setObjectName("welcomePage");
    auto* body = new QWidget;
    body->setObjectName("welcomeBody");
    auto* page = new QWidget(body);
    page->setMaximumWidth(page_width_max);
    auto* center = new QHBoxLayout(body);
    center->setContentsMargins(32, 0, 32, 0);
    center->addStretch(1);
    center->addWidget(page, 1000);
    center->addStretch(1);

    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 40, 0, 32);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setSpacing(16);
    mark_ = new QLabel(page);
    head->addWidget(mark_, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(label(tr("Awaitscope"), "huge", page));
    words->addWidget(label(tr("See an event loop at work: every task, every await, step by step, forwards and back."),
                           "body soft", page));
    head->addLayout(words, 1);
    column->addLayout(head);
    column->addSpacing(30);

    auto* halves = new QHBoxLayout;
    halves->setSpacing(40);
    auto* left = new QVBoxLayout;
    left->setSpacing(12);
    buildScenarios(left);
    auto* side = new QWidget(page);
    side->setFixedWidth(side_width);
    auto* right = new QVBoxLayout(side);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(12);
    buildSide(right);
    halves->addLayout(left, 1);
    halves->addWidget(side, 0, Qt::AlignTop);
    column->addLayout(halves);
    column->addStretch(1);

    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);

    fresh_.setInterval(refresh_ms);
    connect(&fresh_, &QTimer::timeout, this, &WelcomePage::refresh);
    const auto paintMark = [this] {
        mark_->setPixmap(logo(44, ThemeSwitch::instance().theme().color("accent"), devicePixelRatioF()));
    };
    connect(&ThemeSwitch::instance(), &ThemeSwitch::changed, this, paintMark);
    paintMark();
    refresh();
}

void WelcomePage::buildScenarios(QVBoxLayout* column) {
    course_ = new CourseList(this);
    connect(course_, &CourseList::scenarioChosen, this, &WelcomePage::scenarioChosen);
    column->addWidget(course_);

    column->addSpacing(18);
    column->addWidget(label(tr("LOOK AT YOUR OWN PROGRAM"), "section", this));
    auto* box = new QFrame(this);
    box->setProperty("class", "box");
    auto* lines = new QGridLayout(box);
    lines->setContentsMargins(18, 16, 18, 16);
    lines->setHorizontalSpacing(16);
    lines->setVerticalSpacing(10);
    const struct {
        QString what, code;
    } steps[] = {{tr("1.  Link it to the runtime"), "target_link_libraries(my_server awaitscope::asyncio)"},
                 {tr("2.  Start it instrumented"), "AWAITSCOPE=1 ./my_server"},
                 {tr("3.  Attach to it, here or by"), "awaitscope attach PID"}};
    int at = 0;
    for (const auto& step : steps) {
        lines->addWidget(label(step.what, "body", box), at, 0);
        auto* code = label(step.code, "code", box);
        code->setFont(Theme::monoFont());
        code->setTextInteractionFlags(Qt::TextSelectableByMouse);
        lines->addWidget(code, at++, 1);
    }
    lines->setColumnStretch(1, 1);
    lines->addWidget(
        label(tr("It costs one predictable branch an event while switched off, and keeps running when this "
                 "window closes."),
              "soft", box),
        at, 0, 1, 2);
    column->addWidget(box);
    column->addStretch(1);
}

void WelcomePage::buildSide(QVBoxLayout* column) {
    column->addWidget(label(tr("RUNNING PROGRAMS"), "section", this));
    auto* running = new QFrame(this);
    running->setProperty("class", "box");
    running->setObjectName("runningPrograms");
    processes_ = new QVBoxLayout(running);
    processes_->setContentsMargins(0, 4, 0, 4);
    processes_->setSpacing(0);
    column->addWidget(running);

    column->addSpacing(18);
    column->addWidget(label(tr("RECORDINGS"), "section", this));
    auto* files = new QFrame(this);
    files->setProperty("class", "box");
    files->setObjectName("recentRecordings");
    recent_ = new QVBoxLayout(files);
    recent_->setContentsMargins(0, 4, 0, 4);
    recent_->setSpacing(0);
    column->addWidget(files);
    auto* open = new QPushButton(tr("Open a file..."), this);
    open->setObjectName("welcomeOpen");
    open->setVisible(bool(services_.openFile));
    connect(open, &QPushButton::clicked, this, &WelcomePage::openFileWanted);
    column->addWidget(open);
    auto* drop = new QLabel(tr("or drop a recording anywhere in this window"), this);
    drop->setObjectName("dropHint");
    drop->setAlignment(Qt::AlignCenter);
    drop->setWordWrap(true);
    drop->setVisible(bool(services_.openFile));
    column->addWidget(drop);
    column->addStretch(1);
}

void WelcomePage::refresh() {
    showProcesses();
    showRecent();
}

void WelcomePage::showProcesses() {
    auto entries = services_.listSessions ? services_.listSessions() : std::vector<ProcessEntry>();
    const auto dead = std::ranges::stable_partition(entries, [](const ProcessEntry& entry) {
                          return entry.state == ProcessEntry::State::running;
                      }).begin();
    const bool none_runs = dead == entries.begin();
    if (entries.end() - dead > dead_shown) entries.erase(dead + dead_shown, entries.end());
    QString key;
    for (const ProcessEntry& entry : entries) key += QString("%1|%2|%3\n").arg(entry.pid).arg(entry.name, about(entry));
    if (!shown_processes_.isNull() && key == shown_processes_) return;
    shown_processes_ = key.isEmpty() ? QString("") : key;
    clear(processes_);
    if (none_runs)
        processes_->addWidget(row(tr("None is running now"),
                                  tr("Instrumented programs of yours appear here by themselves as soon as they start."),
                                  nullptr, this));
    bool told_ended = false;
    for (const ProcessEntry& entry : entries) {
        if (processes_->count()) processes_->addWidget(rule(this));
        if (!std::exchange(told_ended, told_ended || entry.state != ProcessEntry::State::running) && told_ended) {
            QLabel* head = label(tr("ENDED"), "section", this);
            head->setContentsMargins(14, 9, 12, 0);
            processes_->addWidget(head);
        }
        QPushButton* button = nullptr;
        if (entry.problem.isEmpty()) {
            const bool runs = entry.state == ProcessEntry::State::running;
            button = new QPushButton(runs ? tr("Attach") : tr("Open"));
            button->setObjectName(QString("attach:%1").arg(entry.pid));
            button->setAccessibleName((runs ? tr("Attach to %1, pid %2") : tr("Open what %1, pid %2, left behind"))
                                          .arg(entry.name)
                                          .arg(entry.pid));
            connect(button, &QPushButton::clicked, this, [this, pid = entry.pid] { emit processChosen(pid); });
        }
        processes_->addWidget(row(entry.name, about(entry), button, this));
    }
}

void WelcomePage::showRecent() {
    const QStringList files = RecentFiles::list();
    const QString key = files.join('\n');
    if (!shown_recent_.isNull() && key == shown_recent_) return;
    shown_recent_ = key.isEmpty() ? QString("") : key;
    clear(recent_);
    if (files.isEmpty()) {
        recent_->addWidget(row(tr("Nothing opened yet"), tr("Make one with:  awaitscope record PID -o run.awaitscope"),
                               nullptr, this));
        return;
    }
    for (const QString& path : files) {
        if (recent_->count()) recent_->addWidget(rule(this));
        const QFileInfo info(path);
        auto* button = new QPushButton(tr("Open"));
        button->setObjectName("open:" + info.fileName());
        connect(button, &QPushButton::clicked, this, [this, path] { emit fileChosen(path); });
        recent_->addWidget(row(info.fileName(),
                               QString("%1  ·  %2").arg(QLocale().formattedDataSize(info.size()), info.absolutePath()),
                               button, this));
    }
}

void WelcomePage::layOutCards() {
    const int width = std::min(this->width() - 64, page_width_max) - side_width - 40;
    course_->setColumns(std::clamp(width / 260, 1, 3));
}

void WelcomePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOutCards();
}

void WelcomePage::showEvent(QShowEvent* event) {
    refresh();
    course_->refresh();
    fresh_.start();
    QWidget::showEvent(event);
}

void WelcomePage::hideEvent(QHideEvent* event) {
    fresh_.stop();
    QWidget::hideEvent(event);
}

}  // namespace awaitscope::ui
