// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/source_view.hpp"

class QLabel;

namespace awaitscope::ui {

/// One of the texts that stand side by side: its name, where it does not stand alone, and the code.
class SourceSide : public QWidget {
    Q_OBJECT
  public:
    explicit SourceSide(QWidget* parent = nullptr);

    /// Shows a file's text, under this name.
    void showFile(const QString& path, const QString& name);
    /// Shows none.
    void clear();
    QString path() const { return path_; }
    /// What it is called, for a title and for an editor.
    QString name() const { return name_; }
    void setTitled(bool titled);
    SourceView* view() const { return view_; }

  private:
    QString path_;
    QString name_;
    QLabel* title_;
    SourceView* view_;
};

/// By a file's ending.
CodeLanguage languageOf(const QString& path);
/// As all languages call them: "C++".
QString nameOf(CodeLanguage language);
/// A file's text; of a very large one the beginning.
QString readSource(const QString& path);

}  // namespace awaitscope::ui
