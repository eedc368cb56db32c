// SPDX-License-Identifier: GPL-3.0-or-later
// What is dropped on the window.
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QTemporaryDir>
#include <QUrl>

#include "tests/ui/window/open_window.hpp"
#include "ui/window/compare_window.hpp"

using namespace awaitscope;
using namespace awaitscope::test;
using namespace awaitscope::ui;

namespace {

/// Opens what ends in ".awaitscope", and refuses the rest.
WindowServices services() {
    WindowServices made;
    made.openFile = [](const QString& path) {
        OpenedSource opened;
        if (path.endsWith(".awaitscope")) {
            opened.source = text_source(two_tasks);
            opened.description.name = QFileInfo(path).fileName();
            opened.description.path = path;
        } else {
            opened.error = path + " is no recording";
        }
        return opened;
    };
    return made;
}

struct Drops {
    Drops() {
        QSettings().clear();
        window.resize(1200, 800);
        window.show();
    }
    ~Drops() {
        for (MainWindow* other : others()) delete other;
    }

    QString file(const QString& name) {
        QFile made(folder.filePath(name));
        REQUIRE(made.open(QIODevice::WriteOnly));
        return made.fileName();
    }

    /// Whether the window takes what is dragged over it; if so, it is dropped.
    bool drop(const QList<QUrl>& urls, const QString& text = {}) {
        QMimeData data;
        if (!urls.isEmpty()) data.setUrls(urls);
        if (!text.isEmpty()) data.setText(text);
        const QPoint at(300, 300);
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        if (!enter.isAccepted()) return false;
        QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &event);
        QCoreApplication::processEvents();
        return event.isAccepted();
    }

    std::vector<MainWindow*> others() const {
        std::vector<MainWindow*> found;
        for (QWidget* widget : QApplication::topLevelWidgets())
            if (auto* other = qobject_cast<MainWindow*>(widget); other && other != &window) found.push_back(other);
        return found;
    }
    static QString shown(MainWindow& window) {
        return window.workspace() ? window.workspace()->description().name : QString();
    }
    /// What the window says in its banner.
    std::string told() const {
        QStringList words;
        for (const QLabel* label : window.findChild<QWidget*>("banner")->findChildren<QLabel*>())
            if (label->isVisible()) words << label->text();
        return words.join('\n').toStdString();
    }

    QTemporaryDir folder;
    MainWindow window{services()};
};

QUrl url(const QString& path) {
    return QUrl::fromLocalFile(path);
}

}  // namespace

TEST_CASE("One recording that is dropped is opened") {
    Drops it;
    CHECK(it.drop({url(it.file("one.awaitscope"))}));
    CHECK(Drops::shown(it.window) == "one.awaitscope");
    CHECK(it.others().empty());
    CHECK(it.told().empty());
}

TEST_CASE("Of three recordings that are dropped, each has a window of its own") {
    Drops it;
    CHECK(it.drop({url(it.file("a.awaitscope")), url(it.file("b.awaitscope")), url(it.file("c.awaitscope"))}));
    QStringList names{Drops::shown(it.window)};
    REQUIRE(it.others().size() == 2);
    for (MainWindow* other : it.others()) names << Drops::shown(*other);
    names.sort();
    CHECK(names == QStringList{"a.awaitscope", "b.awaitscope", "c.awaitscope"});
}

TEST_CASE("Of several files those that are no recordings are named, and the others opened") {
    Drops it;
    CHECK(it.drop({url(it.file("a.txt")), url(it.file("b.awaitscope")), url(it.file("c.txt")), url(it.folder.path()),
                   QUrl("https://example.org/c.awaitscope")}));
    CHECK(Drops::shown(it.window) == "b.awaitscope");
    CHECK(it.others().empty());
    CHECK_THAT(it.told(), Catch::Contains("a.txt is no recording") && Catch::Contains("is a folder") &&
                              Catch::Contains("https://example.org/c.awaitscope is no file on this machine"));
}

TEST_CASE("A folder, a text file and an address are refused with a word") {
    Drops it;
    SECTION("a folder") {
        CHECK(it.drop({url(it.folder.path())}));
        CHECK_THAT(it.told(), Catch::Contains("is a folder; drop the recordings that are in it"));
    }
    SECTION("a text file") {
        CHECK(it.drop({url(it.file("notes.txt"))}));
        CHECK_THAT(it.told(), Catch::Contains("notes.txt is no recording"));
    }
    SECTION("an address") {
        CHECK(it.drop({QUrl("https://example.org/run.awaitscope")}));
        CHECK_THAT(it.told(), Catch::Contains("is no file on this machine"));
    }
    CHECK(Drops::shown(it.window).isEmpty());
}

TEST_CASE("A text that is dragged over the window is not taken") {
    Drops it;
    CHECK_FALSE(it.drop({}, "some words"));
    CHECK(it.told().empty());
}
