// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QPainter;

namespace awaitscope::ui {

/// A widget that paints what it shows, and can tell it: a screen reader is given these words when it asks for them
/// (see tellCanvases()), so that they are never old and cost nothing while nobody listens.
class Canvas {
  public:
    virtual ~Canvas() = default;
    /// What the picture says, in sentences.
    virtual QString description() const = 0;
};

/// A widget that can paint what it shows as lines and letters, not as pixels, onto whatever it is given: for print.
class Drawing {
  public:
    virtual ~Drawing() = default;
    /// In its own coordinates, within its rectangle.
    virtual void paintOn(QPainter& painter) = 0;
};

/// A widget whose content can be copied as lines of tab-separated columns, for a spreadsheet. What the item views in it
/// show is not copied beside that.
class Tabular {
  public:
    virtual ~Tabular() = default;
    /// Empty: it shows nothing now.
    virtual QString table() const = 0;
};

}  // namespace awaitscope::ui
