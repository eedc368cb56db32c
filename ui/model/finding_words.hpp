// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

#include "instrumentation/analysis/finding.hpp"

namespace awaitscope::ui {

/// A phrase() of the analysis, in the user's language.
QString phraseText(const char* phrase);

/// How a line of source is told.
using LineWords = std::function<QString(PlaceId)>;

/// What a finding says, in the user's language; lines as they were recorded, unless `line` tells them otherwise.
QString sentenceText(const Sentence& sentence, const LineWords& line = {});

/// "Error", "Warning", "Hint".
QString severityWord(Severity severity);

}  // namespace awaitscope::ui
