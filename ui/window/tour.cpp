// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/tour.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/scenario/story_panel.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/theme.hpp"
#include "ui/window/top_bar.hpp"
#include "ui/window/welcome_page.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {
namespace {

constexpr int note_width = 340;
constexpr int gap = 14;

}  // namespace

Tour* Tour::start(MainWindow& window) {
    delete window.findChild<Tour*>();
    auto* tour = new Tour(window);
    tour->setGeometry(window.centralWidget()->rect());
    tour->show();
    tour->raise();
    tour->go(0);
    tour->setFocus();
    return tour;
}

void Tour::startOnFirstDay(MainWindow& window) {
    QSettings settings;
    if (settings.value("tour/seen").toBool()) return;
    settings.setValue("tour/seen", true);
    start(window);
}

Tour::Tour(MainWindow& window) : QWidget(window.centralWidget()) {
    setObjectName("tour");
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    if (Workspace* workspace = window.workspace()) {
        story_ = workspace->story();
        const auto panel = [&](const char* key, const QString& title, const QString& text) {
            if (PanelDock* dock = workspace->dock(key); dock && dock->isShown()) stops_.push_back({dock, title, text});
        };
        stops_.push_back({&window.topBar(), tr("Walk"),
                          tr("Run, step forwards and back. Stepping never touches the program: it moves over what was "
                             "recorded. The arrows beside Step offer other ways, Ctrl+G goes to any moment.")});
        panel("story", tr("The story"),
              tr("What the loop just did, and why. It asks before it shows: guess first, your answers are kept."));
        panel("timeline", tr("The timeline"),
              tr("A track for each task: solid when it runs, thin when it is ready, hatched when it waits. All panels "
                 "show the moment of the red line; click anywhere to move it."));
        panel("expected", tr("What people expect"),
              tr("The same moment in a program that does behave as most people think."));
        panel("source", tr("The source"), tr("The line where the program stands, in Python and in C++."));
        panel("loop", tr("The loop"), tr("What is ready to run, which timers are set, what is watched."));
        panel("selection", tr("The selected task"), tr("What it does, whom it waits for, and where its time went."));
    } else {
        stops_.push_back({&window.welcomePage(), tr("Begin here"),
                          tr("Choose a scenario to learn, attach to a running program, or open a recording.")});
    }
    note_ = new QWidget(this);
    note_->setObjectName("tourNote");
    note_->setAttribute(Qt::WA_StyledBackground);
    note_->setFixedWidth(note_width);
    title_ = new QLabel(note_);
    title_->setProperty("class", "subtitle");
    text_ = new QLabel(note_);
    text_->setWordWrap(true);
    auto* skip = new QPushButton(tr("Skip"), note_);
    skip->setProperty("class", "plain");
    skip->setObjectName("tourSkip");
    next_ = new QPushButton(note_);
    next_->setProperty("class", "primary");
    next_->setObjectName("tourNext");
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(skip);
    buttons->addStretch(1);
    buttons->addWidget(next_);
    auto* column = new QVBoxLayout(note_);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    column->addWidget(title_);
    column->addWidget(text_);
    column->addLayout(buttons);
    connect(skip, &QPushButton::clicked, this, &Tour::close);
    connect(next_, &QPushButton::clicked, this, [this] { go(at_ + 1); });
    parentWidget()->installEventFilter(this);
    // What it points at may go.
    for (const Stop& stop : stops_) connect(stop.place, &QObject::destroyed, this, &Tour::close);
}

QRect Tour::bright() const {
    const QWidget* place = stops_[at_].place;
    return QRect(mapFromGlobal(place->mapToGlobal(QPoint())), place->size()).intersected(rect());
}

void Tour::go(std::size_t stop) {
    if (stop >= stops_.size()) {
        close();
        return;
    }
    at_ = stop;
    title_->setText(stops_[at_].title);
    text_->setText(stops_[at_].text);
    next_->setText(at_ + 1 < stops_.size() ? tr("Next  (%1 of %2)").arg(at_ + 1).arg(stops_.size()) : tr("Done"));
    setAccessibleName(stops_[at_].title);
    setAccessibleDescription(stops_[at_].text);
    note_->adjustSize();
    // Beside the place where there is room, else over its lower end.
    const QRect place = bright();
    const QSize size = note_->size();
    QPoint at(place.center().x() - size.width() / 2, place.bottom() + gap);
    if (place.right() + gap + size.width() < width())
        at = {place.right() + gap, place.top() + gap};
    else if (place.left() - gap - size.width() > 0)
        at = {place.left() - gap - size.width(), place.top() + gap};
    at.setX(std::clamp(at.x(), gap, std::max(gap, width() - size.width() - gap)));
    at.setY(std::clamp(at.y(), gap, std::max(gap, height() - size.height() - gap)));
    note_->move(at);
    update();
}

void Tour::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QPainterPath dark;
    dark.addRect(rect());
    dark.addRect(bright());
    painter.fillPath(dark, QColor(0, 0, 0, 120));
    painter.setPen(QPen(ThemeSwitch::instance().theme().color("accent"), 2));
    painter.drawRect(bright().adjusted(1, 1, -1, -1));
}

void Tour::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Escape)
        close();
    else if (key == Qt::Key_Left && at_ > 0)
        go(at_ - 1);
    else if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space || key == Qt::Key_Right)
        go(at_ + 1);
}

void Tour::closeEvent(QCloseEvent* event) {
    QWidget::closeEvent(event);
    if (story_) story_->focusWayOn();
}

bool Tour::event(QEvent* event) {
    // The window's keys are not for now.
    if (event->type() == QEvent::ShortcutOverride) event->accept();
    return QWidget::event(event);
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) {
        setGeometry(parentWidget()->rect());
        go(at_);
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace awaitscope::ui
