// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string_view>

namespace awaitscope::ui {

/// A source's note (EventSource::note) in the user's language; one that is of no known kind stays as it is.
QString noteText(std::string_view note);

/// Whether the note tells of nothing but programs that came to their end.
bool isPlainEnd(std::string_view note);

}  // namespace awaitscope::ui
