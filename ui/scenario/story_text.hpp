// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

namespace awaitscope::ui {

/// What a story tells, as high as its words need. Words of the glossary have a dotted line below them and say on
/// hovering what they mean; a click, or Tab and Return, asks for their entry.
class StoryText : public QTextBrowser {
    Q_OBJECT
  public:
    explicit StoryText(QWidget* parent = nullptr);

    /// Shows a text as storyRichText() makes it.
    void tell(const QString& html);

  signals:
    void wordChosen(const QString& word);

  protected:
    void changeEvent(QEvent* event) override;
    /// The page below it scrolls.
    void wheelEvent(QWheelEvent* event) override;

  private:
    void fitHeight();
};

}  // namespace awaitscope::ui
