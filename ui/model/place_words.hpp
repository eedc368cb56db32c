// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/source_twin.hpp"

namespace awaitscope::ui {

/// A program in another language that does the same.
struct TwinProgram {
    SourceTwin lines;
    QString program;  ///< the file that runs, "hello_world.cpp"
    QString file;     ///< what the twin is called, "hello_world.py"
};

/// How places are told: by the lines of the program that ran, or, while a twin of it is in front, by the twin's lines,
/// where it has them. A value that never changes, for any thread; copies share the twin.
class PlaceWords {
  public:
    PlaceWords() = default;
    explicit PlaceWords(std::shared_ptr<const TwinProgram> twin) : twin_(std::move(twin)) {}

    /// "factorial.py:5"; empty for the empty place.
    QString text(const Trace& trace, PlaceId place) const;
    /// Where the file's name has no room: "worker:5". Empty where no function is known.
    QString shortText(const Trace& trace, PlaceId place) const;
    /// "worker() · /home/ann/factorial.py:5".
    QString fullText(const Trace& trace, PlaceId place) const;

    /// "worker", as it is called there.
    QString function(const Trace& trace, PlaceId place) const;

    friend bool operator==(const PlaceWords&, const PlaceWords&) = default;

  private:
    /// 0: the twin has no such line, or there is none.
    int twinLine(const Symbols& symbols, PlaceId place) const;

    std::shared_ptr<const TwinProgram> twin_;
};

/// "4 (dead.py:7)": see numbered_text().
QString numberedText(const Trace& trace, const QString& number, PlaceId line, const PlaceWords& places);

}  // namespace awaitscope::ui
