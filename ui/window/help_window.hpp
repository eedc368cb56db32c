// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;

namespace awaitscope::ui {

/// The manual inside the application: its pages (resources/manual) on the left, the chosen one on the right. Beside the
/// window, not before it; deletes itself when it closes.
class HelpWindow : public QDialog {
    Q_OBJECT
  public:
    /// Opens it, or brings the one that `parent` has to the front.
    static HelpWindow* open(QWidget* parent);

    /// Shows a page by its name below resources/manual, as "window.md"; nothing for one that is not there.
    void showPage(const QString& name);
    /// All pages, in the order of the list.
    static QStringList pages();

  private:
    explicit HelpWindow(QWidget* parent);

    QListWidget* list_;
    QTextBrowser* text_;
};

}  // namespace awaitscope::ui
