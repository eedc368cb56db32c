// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/attach_dialog.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/model/format.hpp"
#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

constexpr int refresh_ms = 1000;
enum Column { name_column, pid_column, loops_column, tasks_column, rate_column, command_column, column_count };

bool fits(const ProcessEntry& entry, const QString& filter) {
    return filter.isEmpty() || entry.name.contains(filter, Qt::CaseInsensitive) ||
           entry.command.contains(filter, Qt::CaseInsensitive) || QString::number(entry.pid).startsWith(filter);
}

}  // namespace

AttachDialog::AttachDialog(const WindowServices& services, QWidget* parent) : QDialog(parent), services_(services) {
    setWindowTitle(tr("Attach to a running program"));
    resize(820, 420);
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
    table_->setHorizontalHeaderLabels({tr("name"), tr("pid"), tr("loops"), tr("tasks"), tr("events/s"), tr("command")});
    for (int i : {pid_column, loops_column, tasks_column, rate_column})
        table_->horizontalHeaderItem(i)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (int i : {name_column, command_column})
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
    table_->setAccessibleName(tr("Instrumented programs"));
    column->addWidget(table_, 1);

    hint_ = new QLabel(this);
    hint_->setProperty("class", "soft");
    hint_->setWordWrap(true);
    column->addWidget(hint_);
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

void AttachDialog::fill() {
    const ProcessEntry* before = selected();
    const int keep = before ? before->pid : 0;
    shown_.clear();
    for (ProcessEntry& entry : services_.listSessions ? services_.listSessions() : std::vector<ProcessEntry>())
        if (fits(entry, filter_->text())) shown_.push_back(std::move(entry));

    const QSignalBlocker quiet(table_);
    table_->setRowCount(static_cast<int>(shown_.size()));
    int select = shown_.empty() ? -1 : 0;
    for (int row = 0; row < static_cast<int>(shown_.size()); ++row) {
        const ProcessEntry& entry = shown_[static_cast<std::size_t>(row)];
        const auto set = [&](int column, const QString& text, Qt::Alignment side) {
            auto* item = new QTableWidgetItem(text);
            item->setTextAlignment(side | Qt::AlignVCenter);
            item->setToolTip(plainTip(entry.problem.isEmpty() ? entry.command : entry.problem));
            if (!entry.problem.isEmpty()) item->setForeground(palette().placeholderText());
            table_->setItem(row, column, item);
        };
        set(name_column, entry.name, Qt::AlignLeft);
        set(pid_column, QString::number(entry.pid), Qt::AlignRight);
        set(loops_column, QString::number(entry.loops), Qt::AlignRight);
        set(tasks_column, formatCount(entry.tasks), Qt::AlignRight);
        set(rate_column, formatCount(static_cast<std::uint64_t>(qRound64(entry.events_per_second))), Qt::AlignRight);
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
    const ProcessEntry* entry = selected();
    attach_->setEnabled(entry && entry->problem.isEmpty());
    if (!entry)
        hint_->setText(
            filter_->text().isEmpty()
                ? tr("No instrumented program of yours is running. Start one with AWAITSCOPE=1 in its environment; "
                     "it appears here by itself.")
                : tr("None fits the filter."));
    else if (!entry->problem.isEmpty())
        hint_->setText(tr("%1 cannot be attached to: %2").arg(entry->name, entry->problem));
    else
        hint_->setText(tr("Attaching does not stop the program, and changes nothing in it. Detach at any time."));
}

void AttachDialog::choose() {
    const ProcessEntry* entry = selected();
    if (!entry || !entry->problem.isEmpty()) return;
    pid_ = entry->pid;
    accept();
}

}  // namespace awaitscope::ui
