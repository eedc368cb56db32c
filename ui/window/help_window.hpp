// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QHash>

class QLabel;
class QLineEdit;
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
    /// Shows where a word of the stories is explained.
    void showWord(const QString& word);
    /// All pages, in the order of the list.
    static QStringList pages();
    /// Lists the pages that hold what is typed here; Return goes from one place to the next, through all of them.
    QLineEdit* searchField() const { return search_; }

  private:
    explicit HelpWindow(QWidget* parent);
    QWidget* buildSide();
    void showCurrent();
    void search();
    void next();
    /// The first place on the page that is open, or the next one; false when there is none behind.
    bool find(bool from_top);
    bool holds(const QString& page, const QString& text);

    QLineEdit* search_;
    QLabel* found_;
    QHash<QString, QString> words_;  ///< of the pages that were searched, as they are read
    QListWidget* list_;
    QTextBrowser* text_;
};

}  // namespace awaitscope::ui
