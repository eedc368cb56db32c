// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/plain_labels.hpp"

#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QTextDocument>
#include <catch2/catch.hpp>

#include "ui/model/plain_tip.hpp"

using namespace awaitscope::ui;

TEST_CASE("a name that looks like HTML is shown as it is") {
    PlainLabels plain;
    qApp->installEventFilter(&plain);
    QLabel name("<img src='/etc/hosts'><b>task</b>");
    QLabel bold("<b>bold</b>");
    bold.setTextFormat(Qt::RichText);
    name.show();
    bold.show();
    CHECK(name.textFormat() == Qt::PlainText);
    CHECK(bold.textFormat() == Qt::RichText);
    QMessageBox box(QMessageBox::Information, "", "<b>bold</b>");
    box.show();
    CHECK(box.findChild<QLabel*>("qt_msgbox_label")->textFormat() == Qt::AutoText);
}

TEST_CASE("a tool tip of a name that looks like HTML shows it as it is") {
    CHECK(plainTip("task 7\nwaits") == "task 7\nwaits");
    CHECK(plainTip("1 < 2") == "1 < 2");
    const QString tip = plainTip("<img src='/etc/hosts'>\nwaits");
    CHECK_FALSE(tip.contains('<' + QString("img")));
    QTextDocument shown;
    shown.setHtml(tip);
    CHECK(shown.toPlainText() == "<img src='/etc/hosts'>\nwaits");
}
