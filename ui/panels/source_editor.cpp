// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_editor.hpp"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QUrl>
#include <algorithm>

namespace awaitscope::ui {
namespace {

/// The context of this file's words.
struct EditorWords {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::SourceEditor)
};

/// How an editor is told a file and a line.
struct KnownEditor {
    const char* name;
    const char* arguments;  ///< parted by blanks
    bool window;            ///< has one of its own
};
constexpr KnownEditor known_editors[] = {
    {"code", "-g %f:%l", true},
    {"code-insiders", "-g %f:%l", true},
    {"codium", "-g %f:%l", true},
    {"cursor", "-g %f:%l", true},
    {"kate", "-l %l %f", true},
    {"kwrite", "-l %l %f", true},
    {"mousepad", "-l %l %f", true},
    {"gvim", "+%l %f", true},
    {"emacs", "+%l %f", true},
    {"emacsclient", "+%l %f", true},
    {"gedit", "+%l %f", true},
    {"pluma", "+%l %f", true},
    {"xed", "+%l %f", true},
    {"geany", "+%l %f", true},
    {"gnome-text-editor", "+%l %f", true},
    {"qtcreator", "-client %f:%l", true},
    {"kdevelop", "%f:%l", true},
    {"subl", "%f:%l", true},
    {"zed", "%f:%l", true},
    {"idea", "--line %l %f", true},
    {"pycharm", "--line %l %f", true},
    {"clion", "--line %l %f", true},
    {"vi", "+%l %f", false},
    {"vim", "+%l %f", false},
    {"nvim", "+%l %f", false},
    {"nano", "+%l %f", false},
    {"micro", "+%l %f", false},
    {"joe", "+%l %f", false},
    {"mg", "+%l %f", false},
    {"ne", "+%l %f", false},
    {"kak", "+%l %f", false},
    {"mcedit", "+%l %f", false},
    {"hx", "%f:%l", false},
};

/// By the program's name; nullptr for one that is not known.
const KnownEditor* knownEditor(const QString& program) {
    QString name = QFileInfo(program).fileName();
    if (name.endsWith(".sh")) name.chop(3);
    const auto* const found =
        std::ranges::find_if(known_editors, [&](const KnownEditor& one) { return name == QLatin1String(one.name); });
    return found == std::end(known_editors) ? nullptr : found;
}

/// Emacs has a window, unless it is told to do without.
bool asksForTerminal(const QStringList& words) {
    static const QStringList options = {"-nw", "-t", "-tty", "--tty", "--no-window-system"};
    return QFileInfo(words.front()).fileName().startsWith("emacs") &&
           std::ranges::any_of(words.mid(1), [](const QString& word) { return options.contains(word); });
}

QString writtenOut(const QString& built_in, const QString& name) {
    QFile source(built_in);
    if (!source.open(QIODevice::ReadOnly)) return {};
    const QByteArray text = source.readAll();
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + "/sources");
    const QString path = folder.filePath(name);
    QFile there(path);
    if (there.open(QIODevice::ReadOnly) && there.readAll() == text) return path;
    there.close();
    there.remove();
    if (!folder.mkpath(".") || !there.open(QIODevice::WriteOnly | QIODevice::NewOnly) || there.write(text) < 0)
        return {};
    there.close();
    return there.setPermissions(QFileDevice::ReadOwner | QFileDevice::ReadGroup) ? path : QString();
}

}  // namespace

EditorCommand editorCommand(const QProcessEnvironment& environment, const QString& file, int line) {
    EditorCommand command;
    const auto filled = [&](QStringList words) {
        for (QString& word : words) word.replace("%l", QString::number(line)).replace("%f", file);
        return words;
    };
    const QString named = environment.value("AWAITSCOPE_EDITOR").trimmed();
    if (named.contains("%f")) {
        command.words = filled(QProcess::splitCommand(named));
        return command;
    }
    QString asked = named;
    for (const char* name : {"VISUAL", "EDITOR"})
        if (asked.isEmpty()) asked = environment.value(name).trimmed();
    QStringList words = QProcess::splitCommand(asked);
    if (words.isEmpty()) return command;
    const KnownEditor* const known = knownEditor(words.front());
    const bool window = known ? known->window && !asksForTerminal(words) : !named.isEmpty();
    words += filled(QString(known ? known->arguments : "%f").split(' '));
    if (!window) {
        const QString terminal = QStandardPaths::findExecutable(
            "x-terminal-emulator", environment.value("PATH").split(':', Qt::SkipEmptyParts));
        if (terminal.isEmpty()) {
            command.problem = EditorWords::tr(
                                  "%1 needs a terminal, and there is no x-terminal-emulator; set "
                                  "AWAITSCOPE_EDITOR to an editor with a window, for instance \"kate\".")
                                  .arg(asked);
            return command;
        }
        words = QStringList{terminal, "-e"} + words;
    }
    command.words = words;
    return command;
}

QString openInEditor(const QString& file, const QString& name, int line) {
    const QString path = file.startsWith(':') ? writtenOut(file, name) : file;
    if (path.isEmpty())
        return EditorWords::tr("%1 is built into Awaitscope and cannot be written to %2.")
            .arg(name, QStandardPaths::writableLocation(QStandardPaths::CacheLocation));
    const EditorCommand command = editorCommand(QProcessEnvironment::systemEnvironment(), path, line);
    if (!command.problem.isEmpty()) return command.problem;
    if (command.words.isEmpty()) {
        if (QDesktopServices::openUrl(QUrl::fromLocalFile(path))) return {};
        return EditorWords::tr(
                   "The desktop knows no editor for %1; set AWAITSCOPE_EDITOR, for instance to \"code -g %f:%l\".")
            .arg(QFileInfo(path).fileName());
    }
    if (QProcess::startDetached(command.words.front(), command.words.mid(1))) return {};
    return EditorWords::tr("%1 cannot be started; set AWAITSCOPE_EDITOR to your editor.").arg(command.words.front());
}

}  // namespace awaitscope::ui
