// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace awaitscope::ui {

/// How a file is opened at a line in the user's editor.
struct EditorCommand {
    QStringList words;  ///< the program and its arguments; empty: as the desktop opens such files, or not at all
    QString problem;    ///< why it cannot be opened, for the user; empty: it can
};

/// The editor that the environment names: AWAITSCOPE_EDITOR, in which %f is the file and %l the line ("kate -l %l %f"),
/// or else VISUAL, or else EDITOR. Editors that are known are told the line in their own way; one that is not known to
/// have a window is run in the desktop's terminal.
EditorCommand editorCommand(const QProcessEnvironment& environment, const QString& file, int line);

/// Opens a file at a line in the user's editor. What is built into the program is written to a file nobody may change,
/// in the user's cache, called `name`. Gives what went wrong, for the user, or nothing.
QString openInEditor(const QString& file, const QString& name, int line);

}  // namespace awaitscope::ui
