// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/attach_dialog.hpp"

#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>
#include <catch2/catch.hpp>

using namespace awaitscope::ui;

namespace {

QPushButton* attachButton(const AttachDialog& dialog) {
    for (QPushButton* button : dialog.findChildren<QPushButton*>())
        if (button->text() == "Attach") return button;
    return nullptr;
}

}  // namespace

TEST_CASE("The dialog lists programs, narrows them, and gives the pid chosen") {
    WindowServices services;
    services.listSessions = [] {
        return std::vector<ProcessEntry>{{.pid = 12,
                                          .name = "server",
                                          .command = "./server",
                                          .loops = 1,
                                          .tasks = 1204,
                                          .events_per_second = 48211.4},
                                         {.pid = 34, .name = "crawler", .command = "./crawler"}};
    };
    AttachDialog dialog(services);
    const auto* table = dialog.findChild<QTableWidget*>();
    REQUIRE(table->rowCount() == 2);
    CHECK(table->item(0, 3)->text() == "1,204");
    CHECK(table->item(0, 4)->text() == "48,211");
    dialog.findChild<QLineEdit*>()->setText("CRAWL");
    REQUIRE(table->rowCount() == 1);
    CHECK(table->item(0, 1)->text() == "34");
    QTest::mouseClick(attachButton(dialog), Qt::LeftButton);
    CHECK(dialog.result() == QDialog::Accepted);
    CHECK(dialog.pid() == 34);
}

TEST_CASE("A program that cannot be attached to says why, and cannot be chosen") {
    WindowServices services;
    services.listSessions = [] { return std::vector<ProcessEntry>{{.pid = 9, .name = "old", .problem = "format 1"}}; };
    AttachDialog dialog(services);
    CHECK(dialog.findChild<QTableWidget*>()->item(0, 5)->text() == "format 1");
    CHECK_FALSE(attachButton(dialog)->isEnabled());
}

TEST_CASE("The row chosen stays chosen while the list changes around it") {
    std::vector<ProcessEntry> running = {{.pid = 1, .name = "a"}, {.pid = 2, .name = "b"}};
    WindowServices services;
    services.listSessions = [&] { return running; };
    AttachDialog dialog(services);
    auto* table = dialog.findChild<QTableWidget*>();
    table->selectRow(1);
    running.insert(running.begin(), {.pid = 3, .name = "c"});
    dialog.refresh();
    CHECK(table->item(table->currentRow(), 1)->text() == "2");
    running.clear();
    dialog.refresh();
    CHECK(table->rowCount() == 0);
    CHECK_FALSE(attachButton(dialog)->isEnabled());
}
