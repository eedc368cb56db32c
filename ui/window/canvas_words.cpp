// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/canvas_words.hpp"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QWidget>

#include "ui/model/in_words.hpp"

namespace awaitscope::ui {
namespace {

class CanvasAccessible : public QAccessibleWidget {
  public:
    explicit CanvasAccessible(QWidget* widget) : QAccessibleWidget(widget, QAccessible::Graphic) {}

    QString text(QAccessible::Text what) const override {
        const auto* canvas = dynamic_cast<const Canvas*>(widget());
        return what == QAccessible::Description && canvas ? canvas->description() : QAccessibleWidget::text(what);
    }
};

QAccessibleInterface* canvasInterface(const QString&, QObject* object) {
    if (!dynamic_cast<Canvas*>(object)) return nullptr;
    return new CanvasAccessible(static_cast<QWidget*>(object));
}

}  // namespace

void tellCanvases() {
    QAccessible::installFactory(canvasInterface);  // a second time changes nothing
}

}  // namespace awaitscope::ui
