// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the window says goes through its translator: with one that writes other letters, no English is left.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QToolTip>
#include <QTranslator>
#include <set>

#include "tests/ui/window/open_window.hpp"
#include "ui/model/event_log_model.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/shortcuts_page.hpp"

using namespace awaitscope;
using namespace awaitscope::test;
using namespace awaitscope::ui;

namespace {

/// All names are single letters, so that a word is a word of the window's. Something of everything: a lock held and
/// waited for, a queue, a timer, a descriptor, a task that failed, a blocked loop, events lost.
const char* const everything = R"(
0.000 task_created 1 name=A coro=f file=/s/d.c line=3
0.000 loop_started name=l
0.001 iteration n=1 ready=1 timers=0
0.001 task_running 1
0.002 sync_created 1 object=10 kind=lock name=L
0.002 sync_created 1 object=11 kind=queue name=Q
0.002 sync_created 1 object=12 kind=bounded_semaphore name=S
0.003 sync_acquired 1 object=10 kind=lock
0.004 queue_put 1 object=11 size=1 maxsize=3
0.005 task_created 2 name=B parent=1 coro=g file=/s/d.c line=9
0.005 task_created 3 name=C parent=1 coro=g file=/s/d.c line=9
0.005 task_created 4 name=D parent=1 coro=h file=/s/d.c line=15
0.006 timer_set 1 handle=7 when=1
0.006 task_suspended 1 on=sleep object=7 file=/s/d.c line=5
0.007 iteration n=2 ready=3 timers=1
0.007 task_running 2
0.300 output 2 text=x
0.301 task_suspended 2 on=lock object=10 file=/s/d.c line=10
0.302 task_running 3
0.303 task_suspended 3 on=queue_put object=11 file=/s/d.c line=11
0.304 task_running 4
0.305 connection_made 4 fd=5 peer=P
0.306 io_read 4 fd=5 bytes=2000
0.307 io_wait 4 fd=5 what=read
0.308 task_suspended 4 on=io object=5 file=/s/d.c line=16
0.309 task_cancel_requested 4 by=1
0.309 task_ready 4 by=1
0.310 mark 1 text=m
0.400 lost count=3
1.000 timer_fired handle=7
1.000 task_ready 1
1.001 iteration n=3 ready=2 timers=0
1.001 task_running 4
1.002 task_done 4 state=failed error=E
1.003 task_running 1
1.004 task_done 1 state=finished
)";

/// Another letter for each of English, but in marks that are no words: <b>, %1, %n, &amp;.
class OtherLetters : public QTranslator {
  public:
    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* source, const char*, int) const override {
        static const QRegularExpression mark("<[^>]*>|&[a-z]+;|%L?[0-9n]");
        const QString text = QString::fromUtf8(source);
        QString out;
        qsizetype at = 0;
        for (const auto& match : mark.globalMatch(text)) {
            out += other(text.sliced(at, match.capturedStart() - at)) + match.captured();
            at = match.capturedEnd();
        }
        return out + other(text.sliced(at));
    }

  private:
    static QString other(QString text) {
        for (QChar& c : text)
            if (c.unicode() < 128 && c.isLetter()) c = QChar(c.unicode() + 0xfee0);  // their full-width forms
        return text;
    }
};

class Finder {
  public:
    Finder()
        : same_{"AWAITSCOPE=1 ./my_server", "awaitscope attach PID",
                "target_link_libraries(my_server awaitscope::asyncio)"} {
        for (const ScenarioEntry& entry : scenarioCatalog())  // they have languages of their own
            for (const std::string& text : {entry.story.title, entry.story.summary, entry.story.chapter})
                same_.insert(QString::fromStdString(text));
    }
    void look(const QString& where, const QString& text) {
        seen_ += !text.isEmpty();
        if (same_.contains(text)) return;
        static const QRegularExpression tag("<[^>]*>|&[a-z]+;"), word("[A-Za-z]{2,}");
        // Units, and what is called so in each language.
        static const std::set<QString> known = {"ms", "ns", "min", "kB", "fd", "Python", "Awaitscope"};
        const QString plain = QString(text).remove(tag);
        for (const auto& match : word.globalMatch(plain))
            if (!known.contains(match.captured())) found_.insert(where + ": " + plain.left(120));
    }
    void lookAt(QObject& root) {
        for (QAction* action : root.findChildren<QAction*>()) {
            look("action", action->text());
            look("action's tip", action->toolTip());
        }
        for (QWidget* widget : root.findChildren<QWidget*>()) {
            const QString where = QString("%1 %2").arg(widget->metaObject()->className(), widget->objectName());
            if (const auto* label = qobject_cast<QLabel*>(widget)) look(where, label->text());
            if (const auto* button = qobject_cast<QAbstractButton*>(widget)) look(where, button->text());
            if (const auto* line = qobject_cast<QLineEdit*>(widget)) look(where, line->placeholderText());
            if (const auto* menu = qobject_cast<QMenu*>(widget)) look(where, menu->title());
            if (const auto* view = qobject_cast<QAbstractItemView*>(widget)) lookAt(where, view->model());
            look(where + " tip", widget->toolTip());
            if (QAccessibleInterface* told = QAccessible::queryAccessibleInterface(widget))
                for (const auto kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value})
                    look(where + " told", told->text(kind));
        }
    }
    std::size_t seen() const { return seen_; }
    std::string found() const {
        QStringList all;
        for (const QString& one : found_) all << one;
        return all.join('\n').toStdString();
    }

  private:
    void lookAt(const QString& where, const QAbstractItemModel* model) {
        if (!model) return;
        // What an event is called, and its fields, are those of recordings and of the command line.
        const bool events = qobject_cast<const EventLogModel*>(model) != nullptr;
        for (int column = 0; column < model->columnCount(); ++column) {
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole})
                look(where, model->headerData(column, Qt::Horizontal, role).toString());
            if (events && (column == EventLogModel::Kind || column == EventLogModel::Details)) continue;
            for (int row = 0; row < model->rowCount(); ++row)
                for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                    look(where, model->index(row, column).data(role).toString());
        }
    }

    std::set<QString> same_;  ///< whole texts that are not the window's to translate
    std::size_t seen_ = 0;
    std::set<QString> found_;
};

QString tipAt(QWidget& widget, QPoint point) {
    QHelpEvent asked(QEvent::ToolTip, point, widget.mapToGlobal(point));
    QCoreApplication::sendEvent(&widget, &asked);
    return QToolTip::text();
}

}  // namespace

TEST_CASE("Whatever the window says is said through its translator") {
    OtherLetters letters;
    QCoreApplication::installTranslator(&letters);
    {
        QSettings().clear();
        MainWindow window{WindowServices()};
        window.resize(1600, 900);
        window.show();
        SourceDescription description;
        description.name = "A";
        window.open(text_source(everything), std::move(description));
        Workspace& workspace = *window.workspace();
        REQUIRE(QTest::qWaitFor([&] { return workspace.session().ended(); }));
        workspace.view().setFollowing(false);
        workspace.finish();
        Finder finder;
        for (const EventIndex cursor : {no_event, EventIndex{14}, EventIndex{27}, EventIndex{35}}) {
            workspace.view().setCursor(cursor);
            for (const TaskIndex task : {no_task, TaskIndex{1}}) {
                workspace.view().setSelectedTask(task);
                for (PanelDock* dock : workspace.docks()) {
                    dock->goTo()->trigger();
                    QCoreApplication::processEvents();
                }
                finder.lookAt(window);
            }
            for (int y = 0; y < workspace.timeline()->height(); y += 20)
                for (int x = 0; x < workspace.timeline()->width(); x += 32)
                    finder.look("timeline's tip", tipAt(*workspace.timeline(), {x, y}));
            finder.look("timeline", workspace.timeline()->description());
        }
        CHECK(finder.found() == "");
        CHECK(finder.seen() > 5'000);
    }
    QCoreApplication::removeTranslator(&letters);
}
