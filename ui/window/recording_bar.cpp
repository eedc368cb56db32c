// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recording_bar.hpp"

#include <QApplication>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/model/format.hpp"
#include "ui/window/theme.hpp"

namespace awaitscope::ui {
namespace {

constexpr int scale_height = 30;
constexpr int edge = 3;  // beside the ends, so that the frame of what is open is whole

std::int64_t begin_of(const SourcePart& part, const RecordingOverview& all) {
    return part.from.value_or(all.begin());
}
std::int64_t end_of(const SourcePart& part, const RecordingOverview& all) {
    return part.to.value_or(all.end());
}

}  // namespace

RecordingScale::RecordingScale(QWidget* parent) : QWidget(parent) {
    setFixedHeight(scale_height);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setObjectName("recordingScale");
    setAccessibleName(tr("The whole recording"));
    connect(&ThemeSwitch::instance(), &ThemeSwitch::changed, this, qOverload<>(&QWidget::update));
}

QSize RecordingScale::sizeHint() const {
    return {400, scale_height};
}

void RecordingScale::show(std::shared_ptr<const RecordingOverview> overview, const SourcePart& open) {
    overview_ = std::move(overview);
    open_ = open;
    pressed_.reset();
    update();
}

double RecordingScale::xAt(std::int64_t time) const {
    const double length = std::max(1.0, static_cast<double>(overview_->end() - overview_->begin()));
    const double share = static_cast<double>(time - overview_->begin()) / length;
    return edge + std::clamp(share, 0.0, 1.0) * (width() - 2 * edge);
}

std::int64_t RecordingScale::timeAt(double x) const {
    const double share = std::clamp((x - edge) / std::max(1, width() - 2 * edge), 0.0, 1.0);
    const double length = static_cast<double>(overview_->end() - overview_->begin());
    return overview_->begin() + static_cast<std::int64_t>(share * length);
}

std::vector<float> RecordingScale::heights() const {
    std::vector<float> sums(static_cast<std::size_t>(std::max(1, width())));
    for (const RecordingOverview::Stretch& stretch : overview_->stretches) {
        const auto from = static_cast<std::size_t>(xAt(stretch.begin)), to = static_cast<std::size_t>(xAt(stretch.end));
        const float each = static_cast<float>(stretch.events) / static_cast<float>(to - from + 1);
        for (std::size_t x = from; x <= to && x < sums.size(); ++x) sums[x] += each;
    }
    const float most = std::max(1.0f, *std::ranges::max_element(sums));
    // By the root: what is a hundred times quieter is still to be seen.
    for (float& sum : sums) sum = std::sqrt(sum / most);
    return sums;
}

void RecordingScale::paintEvent(QPaintEvent*) {
    if (!overview_) return;
    const Theme& theme = ThemeSwitch::instance().theme();
    QPainter painter(this);
    const QRect room = rect().adjusted(0, 3, 0, -3);
    painter.fillRect(room, theme.color("chip"));
    const int from = static_cast<int>(xAt(begin_of(open_, *overview_)));
    const int to = std::max(from + 2, static_cast<int>(xAt(end_of(open_, *overview_))));
    painter.fillRect(QRect(QPoint(from, room.top()), QPoint(to, room.bottom())), theme.color("selection"));
    const QColor open = theme.color("accent"), rest = theme.color("text_faint");
    const std::vector<float> high = heights();
    for (int x = 0; x < width(); ++x) {
        const float share = high[static_cast<std::size_t>(x)];
        if (share <= 0) continue;
        const int height = std::max(1, static_cast<int>(share * static_cast<float>(room.height() - 2)));
        painter.fillRect(x, room.bottom() - height, 1, height, x >= from && x <= to ? open : rest);
    }
    painter.setPen(QPen(open, 2));
    painter.drawRect(QRect(QPoint(from, room.top()), QPoint(to, room.bottom())));
    if (pressed_ && *pressed_ != dragged_) {
        painter.setPen(QPen(theme.color("text"), 1, Qt::DashLine));
        painter.drawRect(
            QRect(QPoint(std::min(*pressed_, dragged_), 1), QPoint(std::max(*pressed_, dragged_), height() - 2)));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.color("accent"), 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void RecordingScale::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !overview_) return;
    pressed_ = dragged_ = event->pos().x();
}

void RecordingScale::mouseMoveEvent(QMouseEvent* event) {
    if (!pressed_) return;
    dragged_ = event->pos().x();
    update();
}

void RecordingScale::mouseReleaseEvent(QMouseEvent* event) {
    if (!pressed_ || event->button() != Qt::LeftButton) return;
    dragged_ = event->pos().x();
    const int a = std::min(*pressed_, dragged_), b = std::max(*pressed_, dragged_);
    pressed_.reset();
    update();
    if (b - a < QApplication::startDragDistance() / 2)
        emit momentWanted(timeAt(a));
    else
        emit rangeWanted(timeAt(a), timeAt(b));
}

void RecordingScale::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            emit earlierWanted();
            break;
        case Qt::Key_Right:
            emit laterWanted();
            break;
        case Qt::Key_Home:
            emit momentWanted(overview_->begin());
            break;
        case Qt::Key_End:
            emit momentWanted(overview_->end());
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

bool RecordingScale::event(QEvent* event) {
    // The keys that walk through the trace elsewhere are its own while it has the focus.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End) event->accept();
    }
    if (event->type() == QEvent::ToolTip && overview_) {
        auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(),
                           tr("%1: click to open what is around it, or drag along what is to be open")
                               .arg(formatTime(timeAt(help->pos().x()))),
                           this);
        return true;
    }
    return QWidget::event(event);
}

RecordingBar::RecordingBar(QWidget* parent)
    : QWidget(parent), text_(new QLabel(this)), scale_(new RecordingScale(this)) {
    setObjectName("recordingBar");
    setAttribute(Qt::WA_StyledBackground);
    text_->setObjectName("recordingPart");
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 4, 16, 4);
    line->setSpacing(14);
    line->addWidget(text_);
    line->addWidget(scale_, 1);
    connect(scale_, &RecordingScale::earlierWanted, this, [this] { want(earlier()); });
    connect(scale_, &RecordingScale::laterWanted, this, [this] { want(later()); });
    connect(scale_, &RecordingScale::rangeWanted, this,
            [this](qint64 from, qint64 to) { want(overview_->part_within(from, to, events_most_)); });
    connect(scale_, &RecordingScale::momentWanted, this,
            [this](qint64 time) { want(overview_->part_around(time, events_most_)); });
    hide();
}

void RecordingBar::show(std::shared_ptr<const RecordingOverview> overview, const SourcePart& open,
                        std::uint64_t events_most) {
    overview_ = std::move(overview);
    open_ = open;
    events_most_ = std::max<std::uint64_t>(events_most, 1);
    scale_->show(overview_, open_);
    const QString words = tr("Open: %1 to %2 of a recording from %3 to %4, about %5 of its %6 events")
                              .arg(formatTime(begin_of(open_, *overview_)), formatTime(end_of(open_, *overview_)),
                                   formatTime(overview_->begin()), formatTime(overview_->end()),
                                   formatCount(overview_->events_in(open_)), formatCount(overview_->events));
    text_->setText(tr("A part is open: about %1 of %2 events")
                       .arg(formatCount(overview_->events_in(open_)), formatCount(overview_->events)));
    text_->setToolTip(words);
    scale_->setAccessibleDescription(words + ". " + tr("Left and Right open the part before and the part behind."));
    QWidget::show();
}

void RecordingBar::clear() {
    overview_.reset();
    hide();
}

std::optional<SourcePart> RecordingBar::earlier() const {
    if (!overview_ || begin_of(open_, *overview_) <= overview_->begin()) return std::nullopt;
    return overview_->part_up_to(begin_of(open_, *overview_) - 1, events_most_);
}

std::optional<SourcePart> RecordingBar::later() const {
    if (!overview_ || end_of(open_, *overview_) >= overview_->end()) return std::nullopt;
    return overview_->part_within(end_of(open_, *overview_) + 1, overview_->end(), events_most_);
}

void RecordingBar::want(const std::optional<SourcePart>& part) {
    if (part) emit partWanted(*part);
}

}  // namespace awaitscope::ui
