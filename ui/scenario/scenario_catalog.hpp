// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "ui/scenario/story.hpp"

namespace awaitscope::ui {

/// A teaching scenario as far as the window needs to know it: its story, and where its two programs can be read.
struct ScenarioEntry {
    QString name;     ///< "gather-factorial": what starts it
    QString program;  ///< the C++ program's text, a path; empty when it is not there
    QString twin;     ///< the Python program's text, a path; empty when it is not there
    Story story;
};

/// The language of the window, as far as it is translated: "de".
QString storyLanguage();

/// The scenarios in a folder (by default those built into the program), in the order their stories ask for. A scenario
/// is a folder NAME with story.md and twin.py. In another language than English its story is story.LANGUAGE.md, where
/// there is one. A story that cannot be read is left out and said in `problems`.
std::vector<ScenarioEntry> scenarioCatalog(const QString& folder = ":/scenarios", QStringList* problems = nullptr);

/// The built-in scenario of that name; nothing where there is none.
std::optional<ScenarioEntry> scenarioNamed(const QString& name);

}  // namespace awaitscope::ui
