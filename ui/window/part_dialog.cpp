// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/part_dialog.hpp"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/model/format.hpp"
#include "ui/model/typed_time.hpp"
#include "ui/window/recording_bar.hpp"

namespace awaitscope::ui {
PartDialog::PartDialog(const QString& name, std::shared_ptr<const RecordingOverview> overview, const SourcePart& open,
                       std::uint64_t events_most, QWidget* parent)
    : QDialog(parent),
      overview_(std::move(overview)),
      events_most_(std::max<std::uint64_t>(events_most, 1)),
      from_(new QLineEdit(this)),
      to_(new QLineEdit(this)),
      scale_(new RecordingScale(this)),
      words_(new QLabel(this)),
      open_(new QPushButton(tr("Open"), this)) {
    setWindowTitle(tr("Open a part of a recording"));
    resize(640, 260);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(12);
    auto* title = new QLabel(tr("Open a part of %1").arg(name), this);
    title->setProperty("class", "title");
    title->setTextFormat(Qt::PlainText);
    auto* all = new QLabel(
        tr("It has %1 events from %2 to %3. Drag along the bar, or type.")
            .arg(formatCount(overview_->events), formatTime(overview_->begin()), formatTime(overview_->end())),
        this);
    all->setProperty("class", "soft");
    auto* fields = new QHBoxLayout;
    const std::pair<QLineEdit*, QString> both[] = {{from_, tr("From")}, {to_, tr("To")}};
    for (const auto& [field, label] : both) {
        auto* words = new QLabel(label, this);
        words->setBuddy(field);
        field->setAccessibleName(label);
        field->setToolTip(tr("A time: 1.5s, 200ms, 2m"));
        fields->addWidget(words);
        fields->addWidget(field, 1);
        connect(field, &QLineEdit::textChanged, this, &PartDialog::read);
    }
    words_->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    open_->setProperty("class", "primary");
    open_->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(open_);
    column->addWidget(title);
    column->addWidget(all);
    column->addWidget(scale_);
    column->addLayout(fields);
    column->addWidget(words_);
    column->addStretch(1);
    column->addLayout(buttons);
    connect(scale_, &RecordingScale::rangeWanted, this,
            [this](qint64 from, qint64 to) { choose(SourcePart{.from = from, .to = to}); });
    connect(scale_, &RecordingScale::momentWanted, this,
            [this](qint64 time) { choose(overview_->part_around(time, events_most_)); });
    connect(scale_, &RecordingScale::earlierWanted, this, [this] {
        if (part_.from.value_or(overview_->begin()) > overview_->begin())
            choose(overview_->part_up_to(*part_.from - 1, events_most_));
    });
    connect(scale_, &RecordingScale::laterWanted, this, [this] {
        if (part_.to.value_or(overview_->end()) < overview_->end())
            choose(overview_->part_within(*part_.to + 1, overview_->end(), events_most_));
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(open_, &QPushButton::clicked, this, &QDialog::accept);
    choose(open.is_all() ? overview_->part_within(overview_->begin(), overview_->end(), events_most_) : open);
    from_->setFocus();
    from_->selectAll();
}

QString PartDialog::words() const {
    return words_->text();
}

void PartDialog::choose(const std::optional<SourcePart>& part) {
    if (!part) return;
    {
        const QSignalBlocker quiet(from_);
        from_->setText(typedTime(part->from.value_or(overview_->begin())));
    }
    to_->setText(typedTime(part->to.value_or(overview_->end())));
    read();
}

void PartDialog::read() {
    const auto from = readTime(from_->text()), to = readTime(to_->text());
    open_->setEnabled(from && to && *from < *to && *from <= overview_->end() && *to >= overview_->begin());
    if (!from || !to) {
        words_->setText(tr("A time is a number with a unit: 1.5s, 200ms, 2m."));
    } else if (!open_->isEnabled()) {
        words_->setText(*from >= *to ? tr("It must begin before it ends.") : tr("The recording has nothing there."));
    } else {
        part_ = SourcePart{.from = *from, .to = *to};
        const std::uint64_t events = overview_->events_in(part_);
        if (events > events_most_) {
            part_ = overview_->part_within(*from, *to, events_most_);
            words_->setText(tr("About %1 events: more than the %2 there is memory for. It is opened up to %3.")
                                .arg(formatCount(events), formatCount(events_most_),
                                     formatTime(part_.to.value_or(overview_->end()))));
        } else {
            words_->setText(tr("About %1 events.").arg(formatCount(events)));
        }
        scale_->show(overview_, part_);
    }
}

}  // namespace awaitscope::ui
