// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/panel_dock.hpp"

#include <QAction>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace awaitscope::ui {
namespace {

constexpr int title_height = 34;
constexpr int gap = 8;  ///< between what stands at a title row's right end

}  // namespace

/// The title row of a panel that stands alone: looks like a row of one tab, drags the dock.
class PanelDock::Title : public QWidget {
  public:
    Title(const QString& text, QWidget* content, PanelDock* dock) : QWidget(dock), has_content_(content) {
        setObjectName("dockTitle");
        setAttribute(Qt::WA_StyledBackground);
        auto* line = new QHBoxLayout(this);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(0);
        if (!content) {
            // A tab bar of one tab: the same look as its neighbours' by the same means.
            auto* tab = new QTabBar(this);
            tab->addTab(text);
            tab->setDrawBase(false);
            tab->setExpanding(false);
            tab->setFocusPolicy(Qt::NoFocus);
            tab->setUsesScrollButtons(false);
            tab->setAttribute(Qt::WA_TransparentForMouseEvents);
            content = tab;
        }
        content_ = content;
        line->addWidget(content, 0, Qt::AlignBottom);
        line->addStretch(1);
        back_ = button(QString::fromUtf8("⊟"), PanelDock::tr("Put back into the window"));
        close_ = button(QString::fromUtf8("✕"), PanelDock::tr("Close; the View menu brings it back"));
        line->addWidget(back_);
        line->addWidget(close_);
        line->addSpacing(40);
        connect(back_, &QToolButton::clicked, dock, [dock] { dock->setFloating(false); });
        connect(close_, &QToolButton::clicked, dock, &QDockWidget::close);
        setFloating(false);
    }

    QSize sizeHint() const override { return {QWidget::sizeHint().width(), flat_ ? 0 : title_height}; }
    QSize minimumSizeHint() const override { return {0, flat_ ? 0 : title_height}; }
    void setTabbed(bool tabbed, bool crowded) { tabbed_ = tabbed, crowded_ = crowded, apply(); }
    void setFloating(bool floating) { floating_ = floating, apply(); }

  private:
    QToolButton* button(const QString& sign, const QString& what) {
        auto* made = new QToolButton(this);
        made->setText(sign);
        made->setProperty("class", "quiet");
        made->setToolTip(what);
        made->setAccessibleName(what);
        return made;
    }
    void apply() {
        back_->setVisible(floating_);
        close_->setVisible(floating_);
        flat_ = tabbed_ && !floating_ && !has_content_ && !crowded_;
        content_->setVisible(has_content_ || !tabbed_ || floating_);
        setMaximumHeight(flat_ ? 0 : QWIDGETSIZE_MAX);
        updateGeometry();
    }

    QToolButton* back_;
    QToolButton* close_;
    QWidget* content_;
    bool has_content_;
    bool tabbed_ = false;
    bool crowded_ = false;
    bool floating_ = false;
    bool flat_ = false;
};

PanelDock::PanelDock(const Options& options, QWidget* panel, QWidget* parent)
    : QDockWidget(options.title, parent), panel_(panel), about_(options.about) {
    setObjectName("dock:" + options.key);
    setFeatures(DockWidgetClosable | DockWidgetMovable | DockWidgetFloatable);
    auto* frame = new QFrame(this);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* rule = new QFrame(frame);
    rule->setProperty("class", "rule");
    column->addWidget(rule);
    column->addWidget(panel, 1);
    setWidget(frame);
    title_ = new Title(options.title, options.title_content, this);
    setTitleBarWidget(title_);
    tools_ = new PanelTools(this, options, parent);
    go_to_ = new QAction(tr("Panel: %1").arg(options.title), this);
    connect(go_to_, &QAction::triggered, this, [this] {
        show();
        raise();
        for (QWidget* widget = panel_; widget && widget != this; widget = widget->nextInFocusChain())
            if (panel_->isAncestorOf(widget) || widget == panel_)
                if (widget->isVisibleTo(this) && widget->focusPolicy() & Qt::TabFocus) {
                    widget->setFocus(Qt::ShortcutFocusReason);
                    return;
                }
        panel_->setFocus(Qt::ShortcutFocusReason);  // nothing to choose in it, but it can be copied
    });
    setAccessibleDescription(about_);
    // On the panel, too: of a dock, Qt tells the name only. One that says what it shows goes on to say that.
    if (panel->accessibleName().isEmpty()) panel->setAccessibleName(options.title);
    if (panel->accessibleDescription().isEmpty()) panel->setAccessibleDescription(about_);
    connect(this, &QDockWidget::topLevelChanged, this, [this](bool floating) {
        title_->setFloating(floating);
        if (floating) setShown(true);  // whatever tab it was behind
    });
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool visible) { setShown(visible || isFloating()); });
    QSizePolicy keeps = panel->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);  // a tab that is chosen must not make its neighbours move
    panel->setSizePolicy(keeps);
}

void PanelDock::contextMenuEvent(QContextMenuEvent* event) {
    if (!panel_->rect().contains(panel_->mapFrom(this, event->pos()))) return QDockWidget::contextMenuEvent(event);
    emit menuWanted(event->globalPos());
    event->accept();
}

void PanelDock::setShown(bool shown) {
    shown_ = shown;
    // Behind another tab Qt only moves a dock away: Tab would go into it, and its panel compute for nobody.
    panel_->setVisible(shown);
}

void PanelDock::setTabbed(bool tabbed, bool crowded) {
    if (tabbed == tabbed_ && crowded == crowded_) return;
    tabbed_ = tabbed;
    crowded_ = crowded;
    title_->setTabbed(tabbed, crowded);
}

PanelTools::PanelTools(PanelDock* dock, const PanelDock::Options& options, QWidget* parent)
    : QWidget(parent),
      dock_(dock),
      extra_(options.extra),
      extra_may_go_(options.extra_may_go),
      about_(new QToolButton(this)) {
    about_->setText("?");
    about_->setProperty("class", "quiet");
    about_->setFixedSize(22, 22);
    about_->setToolTip(tr("About this panel"));
    about_->setAccessibleName(tr("About the panel %1").arg(dock->windowTitle()));
    about_->setFocusPolicy(Qt::TabFocus);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, gap, 0);
    line->setSpacing(gap);
    if (extra_) line->addWidget(extra_);
    line->addWidget(about_);
    connect(about_, &QToolButton::clicked, this, &PanelTools::showAbout);
}

int PanelTools::least() const {
    const int extra = extra_ ? std::max(extra_->minimumSizeHint().width(), extra_->minimumWidth()) + gap : 0;
    return extra + about_->width() + gap;
}

void PanelTools::place(const QRect& row, int free) {
    const bool shown = extra_ && (!extra_may_go_ || least() <= free);
    if (extra_) extra_->setVisible(shown);
    const int most =
        about_->width() + gap + (shown ? std::max(extra_->sizeHint().width(), extra_->minimumWidth()) + gap : 0);
    const int width = std::min(most, std::max(free, shown ? least() : most));
    setGeometry(row.right() + 1 - width, row.top() + (row.height() - 30) / 2, width, 30);
    raise();
}

void PanelTools::showAbout() {
    auto* popup = new QFrame(window(), Qt::Popup);
    popup->setObjectName("aboutPopup");
    popup->setAttribute(Qt::WA_DeleteOnClose);
    auto* column = new QVBoxLayout(popup);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(6);
    auto* title = new QLabel(dock_->windowTitle(), popup);
    title->setProperty("class", "subtitle");
    auto* text = new QLabel(dock_->about(), popup);
    text->setWordWrap(true);
    text->setFixedWidth(320);
    column->addWidget(title);
    column->addWidget(text);
    popup->adjustSize();
    const QPoint corner = about_->mapToGlobal(QPoint(about_->width(), about_->height() + 4));
    popup->move(corner - QPoint(popup->width(), 0));
    popup->show();
}

}  // namespace awaitscope::ui
