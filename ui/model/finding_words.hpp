// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "instrumentation/analysis/finding.hpp"

namespace awaitscope::ui {

/// A phrase() of the analysis, in the user's language.
QString phraseText(const char* phrase);

/// What a finding says, in the user's language.
QString sentenceText(const Sentence& sentence);

/// "Error", "Warning", "Hint".
QString severityWord(Severity severity);

}  // namespace awaitscope::ui
