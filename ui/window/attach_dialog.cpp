// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/attach_dialog.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"
#include "ui/window/process_words.hpp"

namespace awaitscope::ui {
namespace {

constexpr int refresh_ms = 1000;
enum Column {
    name_column,
    pid_column,
    state_column,
    loops_column,
    tasks_column,
    rate_column,
    command_column,
    column_count
};

using State = ProcessEntry::State;

bool isDead(const ProcessEntry& entry) {
    return entry.state == State::crashed || entry.state == State::ended;
}

bool isPid(const QString& text) {
    bool number = false;
    return text.toInt(&number) > 0 && number;
}

bool fits(const ProcessEntry& entry, const QString& filter) {
    return filter.isEmpty() || entry.name.contains(filter, Qt::CaseInsensitive) ||
           entry.command.contains(filter, Qt::CaseInsensitive) || QString::number(entry.pid).startsWith(filter);
}

/// What still reads as a line of a hint.
QString shortened(const QString& command) {
    constexpr int longest = 120;
    return command.size() <= longest ? command : command.left(longest - 1) + QChar(0x2026);
}

}  // namespace

AttachDialog::AttachDialog(const WindowServices& services, QWidget* parent) : QDialog(parent), services_(services) {
    setWindowTitle(tr("Attach to a running program"));
    resize(900, 420);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(12);
    auto* title = new QLabel(tr("Attach to a running program"), this);
    title->setProperty("class", "title");
    column->addWidget(title);
    filter_ = new QLineEdit(this);
    filter_->setPlaceholderText(tr("Filter by name, command line or pid"));
    filter_->setClearButtonEnabled(true);
    column->addWidget(filter_);

    table_ = new QTableWidget(0, column_count, this);
    table_->setHorizontalHeaderLabels(
        {tr("name"), tr("pid"), tr("state"), tr("loops"), tr("tasks"), tr("events/s"), tr("command")});
    for (int i : {pid_column, loops_column, tasks_column, rate_column})
        table_->horizontalHeaderItem(i)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (int i : {name_column, state_column, command_column})
        table_->horizontalHeaderItem(i)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setSectionResizeMode(command_column, QHeaderView::Stretch);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(30);
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setAccessibleName(tr("Programs"));
    column->addWidget(table_, 1);

    hint_ = new QLabel(this);
    hint_->setProperty("class", "soft");
    hint_->setWordWrap(true);
    column->addWidget(hint_);
    progress_ = new QProgressBar(this);
    progress_->setRange(0, 0);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Code is run in the program"));
    progress_->hide();
    column->addWidget(progress_);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    attach_ = new QPushButton(tr("Attach"), this);
    attach_->setProperty("class", "primary");
    attach_->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(attach_);
    column->addLayout(buttons);

    connect(filter_, &QLineEdit::textChanged, this, &AttachDialog::fill);
    connect(table_, &QTableWidget::itemSelectionChanged, this, &AttachDialog::selectionMoved);
    connect(table_, &QTableWidget::cellDoubleClicked, this, &AttachDialog::choose);
    connect(attach_, &QPushButton::clicked, this, &AttachDialog::choose);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    fresh_.setInterval(refresh_ms);
    connect(&fresh_, &QTimer::timeout, this, &AttachDialog::refresh);
    fresh_.start();
    refresh();
}

void AttachDialog::refresh() {
    fill();
}

std::vector<ProcessEntry> AttachDialog::list() const {
    std::vector<ProcessEntry> all, dead;
    for (ProcessEntry& entry : services_.listSessions ? services_.listSessions() : std::vector<ProcessEntry>())
        (isDead(entry) ? dead : all).push_back(std::move(entry));
    if (services_.listUnprepared) std::ranges::move(services_.listUnprepared(), std::back_inserter(all));
    std::ranges::move(dead, std::back_inserter(all));
    std::erase_if(all, [&](const ProcessEntry& entry) { return !fits(entry, filter_->text()); });
    return all;
}

void AttachDialog::fill() {
    const ProcessEntry* before = selected();
    const int keep = before ? before->pid : 0;
    shown_ = list();

    const QSignalBlocker quiet(table_);
    table_->setRowCount(static_cast<int>(shown_.size()));
    int select = shown_.empty() ? -1 : 0;
    for (int row = 0; row < static_cast<int>(shown_.size()); ++row) {
        const ProcessEntry& entry = shown_[static_cast<std::size_t>(row)];
        const bool told = entry.state != State::unprepared && entry.problem.isEmpty();
        const auto set = [&](int column, const QString& text, Qt::Alignment side) {
            auto* item = new QTableWidgetItem(text);
            item->setTextAlignment(side | Qt::AlignVCenter);
            item->setToolTip(plainTip(entry.problem.isEmpty() ? entry.command : entry.problem));
            if (!entry.problem.isEmpty() || entry.state != State::running)
                item->setForeground(palette().placeholderText());
            table_->setItem(row, column, item);
        };
        const auto rate = static_cast<std::uint64_t>(qRound64(entry.events_per_second));
        set(name_column, entry.name, Qt::AlignLeft);
        set(pid_column, QString::number(entry.pid), Qt::AlignRight);
        set(state_column, entry.problem.isEmpty() ? processState(entry) : tr("refused"), Qt::AlignLeft);
        set(loops_column, told ? QString::number(entry.loops) : QString(), Qt::AlignRight);
        set(tasks_column, told ? formatCount(entry.tasks) : QString(), Qt::AlignRight);
        set(rate_column, told && entry.state == State::running ? formatCount(rate) : QString(), Qt::AlignRight);
        set(command_column, entry.problem.isEmpty() ? entry.command : entry.problem, Qt::AlignLeft);
        if (entry.pid == keep) select = row;
    }
    if (select >= 0) table_->selectRow(select);
    selectionMoved();
}

const ProcessEntry* AttachDialog::selected() const {
    const int row = table_->currentRow();
    return row >= 0 && row < static_cast<int>(shown_.size()) ? &shown_[static_cast<std::size_t>(row)] : nullptr;
}

void AttachDialog::selectionMoved() {
    if (injecting_ != 0) return;
    const ProcessEntry* entry = selected();
    attach_->setEnabled(entry && entry->problem.isEmpty());
    attach_->setText(!entry                              ? tr("Attach")
                     : entry->state == State::unprepared ? tr("Inject...")
                     : isDead(*entry)                    ? tr("Open")
                                                         : tr("Attach"));
    hint_->setText(entry ? hintOn(*entry) : hintOnNone());
}

QString AttachDialog::hintOn(const ProcessEntry& entry) const {
    if (!entry.problem.isEmpty()) return tr("%1 cannot be attached to: %2").arg(entry.name, entry.problem);
    switch (entry.state) {
        case State::crashed:
        case State::ended:
            return tr("Process %1 runs no more. What it left behind can be read, up to its last event.").arg(entry.pid);
        case State::unprepared:
            if (entry.pid == failed_pid_) return failure_;
            return tr("Process %1 is a Python program that was not started to be seen. Code that is run in it can "
                      "change that now; start it by \"awaitscope run -- %2\", or with AWAITSCOPE=1 once "
                      "\"awaitscope python install\" was run, to see it from its beginning.")
                .arg(QString::number(entry.pid), shortened(entry.command));
        case State::running:
            break;
    }
    return tr("Attaching does not stop the program, and changes nothing in it. Detach at any time.");
}

QString AttachDialog::hintOnNone() const {
    const QString filter = filter_->text().trimmed();
    if (filter.isEmpty())
        return tr(
            "No program of yours that could be seen is running. Start one that is linked to the runtime with "
            "AWAITSCOPE=1 in its environment; a Python program by \"awaitscope run -- python3 app.py\", or with "
            "AWAITSCOPE=1 once \"awaitscope python install\" was run. It appears here by itself.");
    if (isPid(filter) && services_.whyUnseen)
        return tr("Process %1 is none of these: %2").arg(filter, services_.whyUnseen(filter.toInt()));
    return tr("None fits the filter.");
}

void AttachDialog::choose() {
    const ProcessEntry* entry = selected();
    if (!entry || !entry->problem.isEmpty() || injecting_ != 0) return;
    if (entry->state == State::unprepared) return askToInject(entry->pid);
    pid_ = entry->pid;
    accept();
}

void AttachDialog::askToInject(int pid) {
    const InjectionOffer offer = services_.offerInjection(pid);
    if (!offer.problem.isEmpty()) return injected(pid, offer.problem);
    auto* question = new QMessageBox(QMessageBox::Question, tr("Run code in process %1?").arg(pid), QString(),
                                     QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setText(
        offer.by_gdb
            ? tr("This runs code in process %1, %2: \"import awaitscope; awaitscope.enable()\", by gdb, which stops "
                 "it for a moment.")
                  .arg(pid)
                  .arg(offer.program)
            : tr("This runs code in process %1, %2: \"import awaitscope; awaitscope.enable()\".")
                  .arg(pid)
                  .arg(offer.program));
    question->setInformativeText(
        (offer.by_gdb ? tr("It takes from a second to a minute, for gdb reads its symbols first. Should gdb be killed "
                           "in the midst of it, the program may hang or crash.")
                      : tr("The interpreter runs it at its next safe moment, through its own interface for that. Where "
                           "none comes within 2 seconds, gdb does it, which stops the program for a moment.")) +
        " " +
        tr("The code stays in the program until it ends, and telling its events costs it some time. One that must not "
           "be disturbed is better started anew by \"awaitscope run\"."));
    auto* agree = question->addButton(tr("Inject"), QMessageBox::AcceptRole);
    auto* cancel = question->addButton(tr("Cancel"), QMessageBox::RejectRole);
    question->setDefaultButton(cancel);
    question->setEscapeButton(cancel);
    connect(agree, &QPushButton::clicked, this, [this, pid] { inject(pid); });
    question->open();
}

void AttachDialog::inject(int pid) {
    injecting_ = pid;
    failed_pid_ = 0;
    for (QWidget* one : std::initializer_list<QWidget*>{filter_, table_, attach_}) one->setEnabled(false);
    progress_->show();
    hint_->setText(tr("Code is being run in process %1. Closing this dialog does not break that off: the program then "
                      "appears in the list by itself.")
                       .arg(pid));
    services_.inject(pid, [self = QPointer(this), pid](const QString& error) {
        if (self) self->injected(pid, error);
    });
}

void AttachDialog::injected(int pid, const QString& error) {
    injecting_ = 0;
    progress_->hide();
    for (QWidget* one : std::initializer_list<QWidget*>{filter_, table_, attach_}) one->setEnabled(true);
    if (error.isEmpty()) {
        pid_ = pid;
        return accept();
    }
    failed_pid_ = pid;
    failure_ = error;
    fill();
}

}  // namespace awaitscope::ui
