// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_editor.hpp"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/ui/panels/read_session.hpp"
#include "ui/panels/source_panel.hpp"

using namespace awaitscope::ui;
using awaitscope::test::ReadSession;

namespace {

std::string wordsFor(const char* variable, const char* value, const QString& path = "/nowhere") {
    QProcessEnvironment environment;
    environment.insert(variable, value);
    environment.insert("PATH", path);
    const EditorCommand command = editorCommand(environment, "/src/a b.py", 12);
    return (command.problem.isEmpty() ? command.words.join('|') : "problem: " + command.problem).toStdString();
}

/// A program that writes its arguments, a line each, beside itself.
struct FakeEditor {
    FakeEditor() {
        QFile script(path());
        REQUIRE(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.new\"\nmv \"$0.new\" \"$0.told\"\n");
        script.close();
        REQUIRE(script.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
    }
    QString path() const { return folder.filePath("kate"); }
    QStringList told() const {
        const QString file = path() + ".told";
        REQUIRE(QTest::qWaitFor([&] { return QFile::exists(file); }));
        QFile lines(file);
        REQUIRE(lines.open(QIODevice::ReadOnly));
        const QStringList words = QString::fromUtf8(lines.readAll()).split('\n', Qt::SkipEmptyParts);
        lines.remove();
        return words;
    }
    QTemporaryDir folder;
};

/// The process's own environment, as it was when this goes.
struct Variable {
    Variable(const char* variable, const QString& value) : name(variable), before(qgetenv(variable)) {
        qputenv(name, value.toLocal8Bit());
    }
    ~Variable() { before.isNull() ? qunsetenv(name) : qputenv(name, before); }
    const char* name;
    QByteArray before;
};

}  // namespace

TEST_CASE("An editor that is known is told file and line in its own way") {
    CHECK(wordsFor("AWAITSCOPE_EDITOR", "code") == "code|-g|/src/a b.py:12");
    CHECK(wordsFor("VISUAL", "/usr/bin/kate") == "/usr/bin/kate|-l|12|/src/a b.py");
    CHECK(wordsFor("VISUAL", "kate --new") == "kate|--new|-l|12|/src/a b.py");
    CHECK(wordsFor("EDITOR", "gvim") == "gvim|+12|/src/a b.py");
    CHECK(wordsFor("EDITOR", "emacsclient -n") == "emacsclient|-n|+12|/src/a b.py");
    CHECK(wordsFor("EDITOR", "qtcreator") == "qtcreator|-client|/src/a b.py:12");
    CHECK(wordsFor("EDITOR", "subl") == "subl|/src/a b.py:12");
    CHECK(wordsFor("EDITOR", "/opt/idea/bin/idea.sh") == "/opt/idea/bin/idea.sh|--line|12|/src/a b.py");
}

TEST_CASE("What AWAITSCOPE_EDITOR spells out is taken as it is") {
    CHECK(wordsFor("AWAITSCOPE_EDITOR", "my-editor --at %l \"%f\" -x") == "my-editor|--at|12|/src/a b.py|-x");
    CHECK(wordsFor("AWAITSCOPE_EDITOR", "my-editor") == "my-editor|/src/a b.py");
}

TEST_CASE("AWAITSCOPE_EDITOR goes before VISUAL, and that before EDITOR, and without any, the desktop is asked") {
    QProcessEnvironment environment;
    CHECK(editorCommand(environment, "/a.py", 3).words.isEmpty());
    CHECK(editorCommand(environment, "/a.py", 3).problem.isEmpty());
    environment.insert("EDITOR", "gedit");
    CHECK(editorCommand(environment, "/a.py", 3).words.front() == "gedit");
    environment.insert("VISUAL", "kate");
    CHECK(editorCommand(environment, "/a.py", 3).words.front() == "kate");
    environment.insert("AWAITSCOPE_EDITOR", "code");
    CHECK(editorCommand(environment, "/a.py", 3).words.front() == "code");
    environment.insert("AWAITSCOPE_EDITOR", " ");
    CHECK(editorCommand(environment, "/a.py", 3).words.front() == "kate");
}

TEST_CASE("An editor without a window runs in the desktop's terminal, or it is said what it needs") {
    const QTemporaryDir folder;
    QFile terminal(folder.filePath("x-terminal-emulator"));
    REQUIRE(terminal.open(QIODevice::WriteOnly));
    terminal.close();
    REQUIRE(terminal.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    const std::string run = terminal.fileName().toStdString() + "|-e|";
    CHECK(wordsFor("EDITOR", "vim", folder.path()) == run + "vim|+12|/src/a b.py");
    CHECK(wordsFor("EDITOR", "emacs -nw", folder.path()) == run + "emacs|-nw|+12|/src/a b.py");
    CHECK(wordsFor("EDITOR", "hx", folder.path()) == run + "hx|/src/a b.py:12");
    CHECK(wordsFor("EDITOR", "never-heard-of", folder.path()) == run + "never-heard-of|/src/a b.py");
    CHECK_THAT(wordsFor("EDITOR", "vim"),
               Catch::Contains("vim needs a terminal") && Catch::Contains("AWAITSCOPE_EDITOR"));
}

TEST_CASE("A double click opens the line in the editor, and F4's command the one that is current") {
    const FakeEditor editor;
    const Variable variable("AWAITSCOPE_EDITOR", editor.path());
    const QTemporaryDir folder;
    const QString path = folder.filePath("twin.py");
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("async def worker():\n    await sleep(1)\n\nasync def main():\n    await gather()\n");
    file.close();
    QFile program(folder.filePath("demo.cpp"));
    REQUIRE(program.open(QIODevice::WriteOnly));
    program.write("\n\nasyncio::Coroutine<> main_() {\n\n    co_await gather();\n}\n");
    program.close();
    ReadSession it;
    SourcePanel panel(it.session, it.view, {program.fileName(), path});
    it.view.setCursor(14);
    it.view.setSelectedTask(0);
    panel.openInEditor();
    CHECK(editor.told() == QStringList{"-l", "5", path});
    emit panel.sourceView()->lineActivated(2);
    CHECK(editor.told() == QStringList{"-l", "2", path});
}

TEST_CASE("What is built into the program is opened as a file that cannot be changed") {
    const QTemporaryDir cache;
    const Variable home("XDG_CACHE_HOME", cache.path());
    const FakeEditor editor;
    const Variable variable("AWAITSCOPE_EDITOR", editor.path());
    QDirIterator built_in_files(":/qt-project.org", QDir::Files, QDirIterator::Subdirectories);
    REQUIRE(built_in_files.hasNext());
    const QString built_in = built_in_files.next();
    QFile text(built_in);
    REQUIRE(text.open(QIODevice::ReadOnly));
    for (int again = 0; again < 2; ++again) {
        CHECK(openInEditor(built_in, "hello_world.py", 3).isEmpty());
        const QStringList told = editor.told();
        REQUIRE(told.size() == 3);
        CHECK(told[1] == "3");
        CHECK(told[2].startsWith(cache.path()));
        CHECK(told[2].endsWith("/sources/hello_world.py"));
        QFile written(told[2]);
        CHECK_FALSE(QFileInfo(written).permission(QFileDevice::WriteOwner));
        REQUIRE(written.open(QIODevice::ReadOnly));
        CHECK(written.readAll() == text.readAll());
        text.seek(0);
    }
}

TEST_CASE("An editor that is not there is named") {
    const Variable variable("AWAITSCOPE_EDITOR", "/nowhere/kate");
    CHECK_THAT(openInEditor("/etc/hostname", "hostname", 1).toStdString(),
               Catch::Contains("/nowhere/kate cannot be started"));
}
