// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/top_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <algorithm>
#include <vector>

#include "ui/model/format.hpp"
#include "ui/window/icons.hpp"
#include "ui/window/logo.hpp"
#include "ui/window/theme.hpp"
#include "ui/window/window_actions.hpp"

namespace awaitscope::ui {
namespace {

constexpr int bar_height = 52;
constexpr int search_least = 120, search_narrow = 84;  ///< pixels
constexpr double speeds[] = {0.1, 0.25, 0.5, 1, 2, 5, 10};

QLabel* label(const char* cls, QWidget* parent) {
    auto* made = new QLabel(parent);
    made->setProperty("class", cls);
    return made;
}

}  // namespace

TopBar::TopBar(const WindowActions& actions, QMenu* menu, QWidget* parent) : QWidget(parent), actions_(actions) {
    setObjectName("topBar");
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(bar_height);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(14, 0, 14, 0);
    line->setSpacing(10);
    logo_ = label("", this);
    name_ = label("strong", this);
    name_->setObjectName("sourceName");
    detail_ = label("soft", this);
    menu_button_ = new QToolButton(this);
    menu_button_->setProperty("class", "framed");
    menu_button_->setMenu(menu);
    menu_button_->setPopupMode(QToolButton::InstantPopup);
    menu_button_->setToolTip(tr("Menu: scenarios, files, panels, theme"));
    menu_button_->setAccessibleName(tr("Menu"));
    menu_button_->setObjectName("mainMenuButton");
    for (QWidget* widget : {static_cast<QWidget*>(logo_), static_cast<QWidget*>(name_), static_cast<QWidget*>(detail_),
                            static_cast<QWidget*>(menu_button_)})
        line->addWidget(widget);

    walk_ = new QWidget(this);
    auto* walk = new QHBoxLayout(walk_);
    walk->setContentsMargins(22, 0, 0, 0);
    walk->setSpacing(10);
    first_ = signButton(actions.first, tr("First event"));
    back_ = button(actions.stepBack);
    giveMenu(back_, actions.backwards(), tr("Other ways back"));
    run_ = button(actions.run);
    run_->setProperty("class", "framed primary");
    actions.run->setIconVisibleInMenu(false);  // its colour is that of the button's ground
    step_ = button(actions.step);
    giveMenu(step_, actions.forwards(), tr("Other ways to step"));
    last_ = signButton(actions.last, tr("Last event"));
    speed_label_ = label("soft", walk_);
    speed_label_->setText(tr("Speed"));
    speed_ = new QToolButton(walk_);
    speed_->setProperty("class", "framed");
    speed_->setPopupMode(QToolButton::InstantPopup);
    speed_->setObjectName("speedButton");
    speed_->setToolTip(tr("How fast Run walks"));
    auto* menu_of_speeds = new QMenu(tr("Speed"), speed_);
    for (const double speed : speeds)
        connect(menu_of_speeds->addAction(speedText(speed)), &QAction::triggered, this,
                [this, speed] { emit speedChosen(speed); });
    menu_of_speeds->addSeparator();
    menu_of_speeds->addAction(actions.paceSteps);
    menu_of_speeds->addAction(actions.paceTime);
    speed_->setMenu(menu_of_speeds);
    time_ = label("strong", walk_);
    time_->setObjectName("cursorTime");
    event_ = label("soft", walk_);
    event_->setObjectName("cursorEvent");
    follow_ = button(actions.follow);
    follow_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{first_, back_, run_, step_, last_, speed_label_, speed_, follow_})
        walk->addWidget(widget);
    walk->addSpacing(12);
    walk->addWidget(time_);
    walk->addWidget(event_);
    line->addWidget(walk_);
    line->addStretch(1);

    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Search    /"));
    search_->setClearButtonEnabled(true);
    search_->setAccessibleName(tr("Search tasks, lines, events"));
    search_->setMaximumWidth(300);
    line->addWidget(search_, 3);
    attach_ = button(actions.attach);
    attach_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    help_ = button(actions.shortcuts);
    help_->setText("?");
    help_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    help_->setAccessibleName(tr("Keys"));
    line->addWidget(attach_);
    line->addWidget(help_);

    connect(&ThemeSwitch::instance(), &ThemeSwitch::changed, this, &TopBar::paintIcons);
    setSpeed(1);
    paintIcons();
    showNoSource();
}

QToolButton* TopBar::button(QAction* action) {
    auto* made = new QToolButton(this);
    made->setDefaultAction(action);
    made->setProperty("class", "framed");
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}

void TopBar::giveMenu(QToolButton* button, const QList<QAction*>& actions, const QString& title) {
    auto* menu = new QMenu(title, button);
    menu->addActions(actions);
    menu->addSeparator();
    menu->addAction(actions_.goTo);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    button->setProperty("class", "framed split");
}

QToolButton* TopBar::signButton(QAction* action, const QString& name) {
    QToolButton* made = button(action);
    made->setToolButtonStyle(Qt::ToolButtonIconOnly);
    made->setAccessibleName(name);
    return made;
}

QString TopBar::speedText(double speed) {
    return figures(QString::number(speed).toStdString()) + QString::fromUtf8("×");
}

void TopBar::setSpeed(double speed) {
    speed_->setText(speedText(speed));
    speed_->setAccessibleName(tr("Speed %1").arg(speedText(speed)));
}

void TopBar::showSource(const QString& whole, const QString& name, const QString& detail, bool live) {
    source_ = whole;
    short_source_ = name;
    detail_->setText(detail);
    follow_->setVisible(live);
    walk_->show();
    search_->show();
    arrange();
}

void TopBar::showNoSource() {
    source_ = short_source_ = tr("Awaitscope");
    detail_->clear();
    for (QWidget* widget : {static_cast<QWidget*>(name_), static_cast<QWidget*>(attach_), static_cast<QWidget*>(help_)})
        widget->show();
    walk_->hide();
    search_->hide();
    arrange();
}

void TopBar::showPosition(const QString& time, const QString& event) {
    const bool wider = time.size() > time_->text().size() || event.size() > event_->text().size();
    time_->setText(time);
    event_->setText(event);
    if (wider) arrange();
}

void TopBar::setRunning(bool running) {
    running_ = running;
    actions_.run->setText(running ? tr("Pause") : tr("Run"));
    paintIcons();
}

void TopBar::paintIcons() {
    const Theme& theme = ThemeSwitch::instance().theme();
    const QColor text = theme.color("text"), faint = theme.color("text_faint");
    actions_.first->setIcon(icon(Sign::first, text, faint));
    actions_.last->setIcon(icon(Sign::last, text, faint));
    actions_.stepBack->setIcon(icon(Sign::step_back, text, faint));
    actions_.step->setIcon(icon(Sign::step, text, faint));
    actions_.run->setIcon(icon(running_ ? Sign::pause : Sign::run, theme.color("on_accent"), faint));
    menu_button_->setIcon(icon(Sign::menu, text, faint));
    logo_->setPixmap(logo(20, theme.color("accent"), devicePixelRatioF()));
    QFont mono = Theme::monoFont();
    mono.setPixelSize(14);
    mono.setBold(true);
    time_->setFont(mono);
}

void TopBar::arrange() {
    name_->setText(source_);
    search_->setMinimumWidth(search_least);
    if (walk_->isHidden()) return;
    const auto words = width() > 1480 ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly;
    for (QToolButton* made : {back_, step_}) made->setToolButtonStyle(words);
    const auto over = [&] {
        walk_->layout()->invalidate();
        walk_->updateGeometry();  // what was hidden in it is to count at once
        layout()->invalidate();
        return layout()->totalMinimumSize().width() - width();
    };
    // On a narrow window words go before controls do, and these in the order in which they can be missed: what they do
    // is in the menu, too, and has a key.
    const std::vector<QWidget*> told{speed_label_, detail_, event_}, controls{attach_, speed_, first_, last_, help_};
    for (const auto& widgets : {told, controls})
        for (QWidget* widget : widgets) widget->setVisible(widget != detail_ || !detail_->text().isEmpty());
    const auto leaveOut = [&](const std::vector<QWidget*>& widgets) {
        for (QWidget* widget : widgets) {
            // Words alone are not worth a search field as narrow as it may be.
            const bool word = widget == speed_label_ || widget == detail_;
            if (over() + (word ? 100 : 0) <= 0) return;
            widget->hide();
        }
    };
    const auto shortenName = [&](int least) {
        if (over() > 0) name_->setText(short_source_);
        if (const int much = over(); much > 0)
            name_->setText(name_->fontMetrics().elidedText(short_source_, Qt::ElideMiddle,
                                                           std::max(least, name_->sizeHint().width() - much)));
    };
    leaveOut(told);
    shortenName(160);
    leaveOut(controls);
    shortenName(80);
    if (const int much = over(); much > 0) search_->setMinimumWidth(std::max(search_narrow, search_least - much));
}

void TopBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

}  // namespace awaitscope::ui
