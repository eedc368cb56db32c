// SPDX-License-Identifier: GPL-3.0-or-later
// A recording that is more than the trace may hold: a part of it is open, and another one is a click away.
#include <QLabel>
#include <QLineEdit>
#include <QTimer>

#include "tests/ui/window/open_window.hpp"
#include "ui/window/part_dialog.hpp"
#include "ui/window/recording_bar.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr std::int64_t second = 1'000'000'000;

/// Ten stretches of a hundred events each, a second apart, and what opens parts of them.
struct TenStretches {
    TenStretches() {
        for (std::int64_t i = 0; i < 10; ++i) all->stretches.push_back({i * second, i * second + second / 2, 100});
        all->events = 1000;
    }
    OpenedSource open(const SourcePart& part) {
        parts.push_back(part);
        if (broken) return {nullptr, {}, "cannot open ten.awaitscope: it is gone"};
        const double from = static_cast<double>(part.from.value_or(0)) / second;
        OpenedSource opened;
        opened.source = test::text_source(std::to_string(from) + " loop_started name=ten\n" +
                                          std::to_string(from + 0.1) + " mark text=here\n");
        opened.description.name = "ten.awaitscope";
        opened.description.overview = all;
        opened.description.part = part;
        opened.description.openPart = [this](const SourcePart& other) { return open(other); };
        return opened;
    }
    std::shared_ptr<RecordingOverview> all = std::make_shared<RecordingOverview>();
    std::vector<SourcePart> parts;  ///< that were asked for
    bool broken = false;
};

struct PartWindow {
    /// As many events as fit.
    explicit PartWindow(std::size_t events) {
        QSettings().clear();
        window.resize(1280, 720);
        window.setTraceMemory(events * 3 * 40);
        window.show();
        window.activateWindow();
        REQUIRE(QTest::qWaitForWindowActive(&window));
        OpenedSource whole = recording.open({});
        recording.parts.clear();
        window.open(std::move(whole.source), std::move(whole.description));
        settle();
    }
    void settle() {
        QCoreApplication::processEvents();
        REQUIRE(QTest::qWaitFor([&] { return window.workspace()->session().ended(); }));
        QCoreApplication::processEvents();
    }
    RecordingScale& scale() { return *window.findChild<RecordingScale*>("recordingScale"); }
    QString text() { return window.findChild<QLabel*>("recordingPart")->text(); }
    /// The pixel of a second of the recording, on the scale.
    QPoint at(double seconds) { return {3 + static_cast<int>(seconds / 9.5 * (scale().width() - 6)), 15}; }
    std::string part() {
        const SourcePart& open = window.workspace()->description().part;
        return std::to_string(*open.from / second) + " to " + std::to_string(*open.to / second);
    }
    TenStretches recording;
    MainWindow window{WindowServices{}};
};

}  // namespace

TEST_CASE("A recording that fits is opened as a whole, and nothing is said of parts") {
    PartWindow it(1000);
    CHECK(it.recording.parts.empty());
    CHECK_FALSE(it.scale().isVisible());
    CHECK_FALSE(it.window.actions().earlierPart->isEnabled());
    CHECK_FALSE(it.window.actions().laterPart->isEnabled());
}

TEST_CASE("Of a recording that is too large the end is opened, and the window says what part that is") {
    PartWindow it(250);
    REQUIRE(it.recording.parts.size() == 1);
    CHECK(it.part() == "8 to 9");
    CHECK(it.scale().isVisible());
    CHECK(it.text() == "A part is open: about 200 of 1,000 events");
    CHECK(it.scale().accessibleDescription().contains("8.000 s to 9.500 s of a recording from 0.000 s to 9.500 s"));
    CHECK(it.window.actions().earlierPart->isEnabled());
    CHECK_FALSE(it.window.actions().laterPart->isEnabled());
    CHECK(it.window.workspace()->session().trace()->begin() == 8 * second);
}

TEST_CASE("The parts before and behind are a key away") {
    PartWindow it(300);
    CHECK(it.part() == "7 to 9");
    QTest::keyClick(it.window.workspace()->timeline(), Qt::Key_PageUp, Qt::AltModifier);
    it.settle();
    CHECK(it.part() == "4 to 6");
    it.window.actions().earlierPart->trigger();
    it.settle();
    CHECK(it.part() == "1 to 3");
    it.window.actions().earlierPart->trigger();
    it.settle();
    CHECK(it.part() == "0 to 0");
    CHECK_FALSE(it.window.actions().earlierPart->isEnabled());
    QTest::keyClick(it.window.workspace()->timeline(), Qt::Key_PageDown, Qt::AltModifier);
    it.settle();
    CHECK(it.part() == "1 to 3");
}

TEST_CASE("A click on the recording opens what is around it, a drag what it spans as far as that fits") {
    PartWindow it(400);
    QTest::mouseClick(&it.scale(), Qt::LeftButton, {}, it.at(3.2));
    it.settle();
    CHECK(it.part() == "2 to 5");
    QTest::mousePress(&it.scale(), Qt::LeftButton, {}, it.at(4.9));
    QTest::mouseMove(&it.scale(), it.at(5.5));
    QTest::mouseMove(&it.scale(), it.at(6.2));
    QTest::mouseRelease(&it.scale(), Qt::LeftButton, {}, it.at(6.2));
    it.settle();
    CHECK(it.part() == "5 to 6");
    QTest::mousePress(&it.scale(), Qt::LeftButton, {}, it.at(9));
    QTest::mouseRelease(&it.scale(), Qt::LeftButton, {}, it.at(1.9));
    it.settle();
    CHECK(it.part() == "2 to 5");
}

TEST_CASE("On the recording's bar the arrow keys choose the part, and it keeps the focus") {
    PartWindow it(200);
    it.scale().setFocus();
    QTest::keyClick(&it.scale(), Qt::Key_Left);
    it.settle();
    CHECK(it.part() == "6 to 7");
    CHECK(it.window.focusWidget() == &it.scale());
    QTest::keyClick(&it.scale(), Qt::Key_Left);
    it.settle();
    CHECK(it.part() == "4 to 5");
    QTest::keyClick(&it.scale(), Qt::Key_Right);
    it.settle();
    CHECK(it.part() == "6 to 7");
    QTest::keyClick(&it.scale(), Qt::Key_Home);
    it.settle();
    CHECK(it.part() == "0 to 1");
    QTest::keyClick(&it.scale(), Qt::Key_Left);
    it.settle();
    CHECK(it.part() == "0 to 1");
    QTest::keyClick(&it.scale(), Qt::Key_End);
    it.settle();
    CHECK(it.part() == "8 to 9");
}

TEST_CASE("A part that cannot be opened leaves what is shown, and says why") {
    PartWindow it(300);
    it.recording.broken = true;
    it.window.actions().earlierPart->trigger();
    CHECK(it.part() == "7 to 9");
    CHECK(it.window.bannerText() == "cannot open ten.awaitscope: it is gone");
}

TEST_CASE("The search stays when another part is opened") {
    PartWindow it(300);
    it.window.workspace()->view().setSearch("here");
    it.window.actions().earlierPart->trigger();
    it.settle();
    CHECK(it.window.workspace()->view().search() == "here");
}

TEST_CASE("Any part of a recording can be asked for by its times, and how many events that are is told first") {
    PartWindow it(250);
    SourcePart wanted;
    bool accepted = false;
    const auto inDialog = [&](auto use) {
        QTimer::singleShot(0, [&] {
            auto* dialog = it.window.findChild<PartDialog*>();
            REQUIRE(dialog);
            use(*dialog);
            wanted = dialog->part();
            accepted = dialog->result() == QDialog::Accepted;
            if (dialog->isVisible()) QTest::keyClick(dialog, Qt::Key_Escape);
        });
        it.window.actions().openPart->trigger();
    };
    const auto type = [](QLineEdit* field, const QString& text) {
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
    };
    const std::size_t before = it.recording.parts.size();
    inDialog([&](PartDialog& dialog) {
        CHECK(dialog.fromField()->text() == "8s");
        CHECK(dialog.words() == "About 200 events.");
        type(dialog.fromField(), "3.5 s");
        type(dialog.toField(), "2s");
        CHECK(dialog.words() == "It must begin before it ends.");
        QTest::keyClick(dialog.toField(), Qt::Key_Return);
        CHECK(dialog.isVisible());
        type(dialog.toField(), "noon");
        CHECK(dialog.words().startsWith("A time is a number with a unit"));
        type(dialog.fromField(), "20s");
        type(dialog.toField(), "30s");
        CHECK(dialog.words() == "The recording has nothing there.");
        type(dialog.fromField(), "1s");
        type(dialog.toField(), "9s");
        INFO(dialog.words().toStdString());
        CHECK(dialog.words().startsWith(
            "About 800 events: more than the 250 there is memory for. It is opened up to 2."));
    });
    CHECK_FALSE(accepted);
    CHECK(it.recording.parts.size() == before);
    inDialog([&](PartDialog& dialog) {
        type(dialog.fromField(), "3s");
        type(dialog.toField(), "4500ms");
        CHECK(dialog.words() == "About 200 events.");
        QTest::keyClick(dialog.toField(), Qt::Key_Return);
    });
    CHECK(accepted);
    it.settle();
    CHECK(it.part() == "3 to 4");
}

TEST_CASE("In the dialog a part is dragged on the bar of the whole recording, too") {
    TenStretches recording;
    PartDialog dialog("ten.awaitscope", recording.all, {}, 250);
    dialog.show();
    CHECK(dialog.part().to == 2 * second - second / 2);
    const auto at = [&](double seconds) {
        return QPoint(3 + static_cast<int>(seconds / 9.5 * (dialog.scale()->width() - 6)), 15);
    };
    QTest::mousePress(dialog.scale(), Qt::LeftButton, {}, at(5.2));
    QTest::mouseMove(dialog.scale(), at(6.2));
    QTest::mouseRelease(dialog.scale(), Qt::LeftButton, {}, at(6.2));
    CHECK(dialog.fromField()->text().startsWith("5"));
    CHECK(dialog.toField()->text().startsWith("6"));
    CHECK(dialog.words() == "About 200 events.");
    QTest::keyClick(dialog.scale(), Qt::Key_Left);
    CHECK(*dialog.part().from < 5 * second);
    QTest::keyClick(dialog.scale(), Qt::Key_Right);
    CHECK(*dialog.part().from > 5 * second);
}

TEST_CASE("Where no file can be opened, no part of one can be asked for") {
    WindowServices services;
    services.openFile = [](const QString&) { return OpenedSource(); };
    test::OpenWindow it(services);
    CHECK(it.window->actions().openPart->isEnabled());
    MainWindow nothing({});
    CHECK_FALSE(nothing.actions().openPart->isEnabled());
}
