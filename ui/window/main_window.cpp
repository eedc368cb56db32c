// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/model/note_words.hpp"
#include "ui/model/search_walk.hpp"
#include "ui/model/stepper.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/timeline/timeline_view.hpp"
#include "ui/window/banner.hpp"
#include "ui/window/canvas_words.hpp"
#include "ui/window/card.hpp"
#include "ui/window/chosen_files.hpp"
#include "ui/window/command_palette.hpp"
#include "ui/window/compare_window.hpp"
#include "ui/window/help_window.hpp"
#include "ui/window/logo.hpp"
#include "ui/window/main_menu.hpp"
#include "ui/window/panel_commands.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/recording_bar.hpp"
#include "ui/window/shortcuts_page.hpp"
#include "ui/window/size_switch.hpp"
#include "ui/window/status_bar.hpp"
#include "ui/window/theme.hpp"
#include "ui/window/top_bar.hpp"
#include "ui/window/tour.hpp"
#include "ui/window/walk_commands.hpp"
#include "ui/window/welcome_page.hpp"
#include "ui/window/window_actions.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {
namespace {

constexpr int status_ms = 500;
constexpr int tour_after_ms = 600;  // when the panels have taken their places
constexpr QSize first_size(1600, 960), least_size(800, 460);

/// What is open, for those who look: of a scenario its title and "2 of 80", since the name that starts it tells what
/// the story asks.
std::pair<QString, QString> nameAndDetail(const SourceDescription& source) {
    const auto catalog = scenarioCatalog();
    const auto found = std::ranges::find(catalog, source.scenario, &ScenarioEntry::name);
    if (source.kind != SourceDescription::Kind::scenario || found == catalog.end()) return {source.name, source.detail};
    const QString place = MainWindow::tr("%1 of %2").arg(found - catalog.begin() + 1).arg(catalog.size());
    return {QString::fromStdString(found->story.title), source.detail.isEmpty() ? place : source.detail};
}

}  // namespace

MainWindow::MainWindow(WindowServices services, QWidget* parent)
    : QMainWindow(parent), services_(std::move(services)), actions_(new WindowActions(this)) {
    tellCanvases();
    setWindowTitle(tr("Awaitscope"));
    setWindowIcon(logoIcon());
    setAcceptDrops(true);
    actions_->attach->setEnabled(services_.listSessions && services_.attach);
    actions_->openFile->setEnabled(bool(services_.openFile));
    actions_->compare->setEnabled(bool(services_.openFile));
    menu_ = new MainMenu(services_, *actions_, this);
    top_bar_ = new TopBar(*actions_, menu_, this);
    banner_ = new Banner(this);
    recording_bar_ = new RecordingBar(this);
    status_bar_ = new StatusBar(actions_->stopReading, this);
    welcome_ = new WelcomePage(services_, this);
    stack_ = new QStackedWidget(this);
    stack_->addWidget(welcome_);
    auto* middle = new QWidget(this);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(top_bar_);
    column->addWidget(banner_);
    column->addWidget(recording_bar_);
    column->addWidget(stack_, 1);
    column->addWidget(status_bar_);
    setCentralWidget(middle);
    panel_commands_ = new PanelCommands(
        *actions_,
        [this](const QString& text, bool error) {
            banner_->tell(error ? Banner::Kind::error : Banner::Kind::note, text);
        },
        this);
    walk_ = new WalkCommands(*actions_, *top_bar_, middle, this);
    connectActions();
    status_timer_.setInterval(status_ms);
    connect(&status_timer_, &QTimer::timeout, this, &MainWindow::showStatus);
    qApp->installEventFilter(this);
    fitIntoScreen();
    resize(first_size.boundedTo(screen()->availableSize()));
    restoreGeometry(QSettings().value("window/geometry").toByteArray());
    closeSource();
}

MainWindow::~MainWindow() {
    qApp->removeEventFilter(this);
}

void MainWindow::connectActions() {
    const auto on = [this](QAction* action, auto what) { connect(action, &QAction::triggered, this, what); };
    on(actions_->follow, [this](bool follow) { workspace_->view().setFollowing(follow); });
    on(actions_->undo, [this] { workspace_->view().undo(); });
    on(actions_->redo, [this] { workspace_->view().redo(); });
    on(actions_->fit, [this] { workspace_->fit(); });
    on(actions_->otherRun, [this] { workspace_->showOtherRun(); });
    on(actions_->resetLayout, [this] { workspace_->resetLayout(); });
    on(actions_->search, [this] {
        top_bar_->search()->setFocus(Qt::ShortcutFocusReason);
        top_bar_->search()->selectAll();
    });
    on(actions_->escape, [this] { escape(); });
    on(actions_->openFile, [this] { chooseFile(); });
    on(actions_->openPart, [this] { choosePart(); });
    on(actions_->stopReading, [this] { workspace_->session().stopReading(); });
    on(actions_->earlierPart, [this] { openPart(*recording_bar_->earlier()); });
    on(actions_->laterPart, [this] { openPart(*recording_bar_->later()); });
    // Later: the bar that asks for it is shown anew.
    connect(recording_bar_, &RecordingBar::partWanted, this, &MainWindow::openPart, Qt::QueuedConnection);
    on(actions_->compare, [this] { chooseCompared(); });
    on(actions_->attach, [this] { chooseAttach(); });
    on(actions_->record, [this](bool record) { toggleRecording(record); });
    on(actions_->welcome, [this] {
        if (mayLetGo()) closeSource();
    });
    on(actions_->newWindow, [this] { anotherWindow(); });
    on(actions_->close, [this] {
        if (!workspace_)
            close();
        else if (mayLetGo())
            closeSource();
    });
    on(actions_->quit, [] { QApplication::closeAllWindows(); });
    on(actions_->larger, [] { SizeSwitch::instance().chooseNext(1); });
    on(actions_->smaller, [] { SizeSwitch::instance().chooseNext(-1); });
    on(actions_->normalSize, [] { SizeSwitch::instance().choose(100); });
    connect(&SizeSwitch::instance(), &SizeSwitch::changed, this, &MainWindow::fitIntoScreen);
    on(actions_->help, [this] { HelpWindow::open(this); });
    on(actions_->tour, [this] { Tour::start(*this); });
    on(actions_->shortcuts, [this] { ShortcutsPage(*actions_, this).exec(); });
    on(actions_->commands, [this] { CommandPalette::open(centralWidget(), commands()); });
    on(actions_->about, [this] { showAbout(); });

    connect(top_bar_->search(), &QLineEdit::textChanged, this, [this](const QString& text) {
        if (workspace_) workspace_->view().setSearch(text);
    });
    connect(top_bar_->search(), &QLineEdit::returnPressed, this, [this] {
        if (workspace_) workspace_->search().next();
    });
    on(actions_->nextMatch, [this] { workspace_->search().next(); });
    on(actions_->previousMatch, [this] { workspace_->search().previous(); });
    on(actions_->frameTimes, [this](bool shown) { workspace_->timeline()->setFrameTimesShown(shown); });
    connect(menu_, &MainMenu::scenarioChosen, this, &MainWindow::openScenario);
    connect(menu_, &MainMenu::fileChosen, this, &MainWindow::openFile);
    connect(welcome_, &WelcomePage::scenarioChosen, this, &MainWindow::openScenario);
    connect(welcome_, &WelcomePage::processChosen, this, &MainWindow::attachTo);
    connect(welcome_, &WelcomePage::fileChosen, this, &MainWindow::openFile);
    connect(welcome_, &WelcomePage::openFileWanted, this, &MainWindow::chooseFile);
}

void MainWindow::showSession(std::unique_ptr<TraceSession> session, SourceDescription description) {
    workspace_ = new Workspace(std::move(session), std::move(description), stack_);
    stack_->addWidget(workspace_);
    stack_->setCurrentWidget(workspace_);
    connectSource();
    workspace_->restoreLayout();
    workspace_->timeline()->setFocus();
    if (services_.tour) QTimer::singleShot(tour_after_ms, workspace_, [this] { Tour::startOnFirstDay(*this); });
}

void MainWindow::connectSource() {
    const SourceDescription& source = workspace_->description();
    const SourceInfo info = workspace_->session().info();
    const QString kind = source.kind == SourceDescription::Kind::scenario  ? tr("Scenario")
                         : source.kind == SourceDescription::Kind::process ? tr("Process")
                                                                           : tr("Recording");
    const auto [name, detail] = nameAndDetail(source);
    top_bar_->showSource(tr("%1: %2").arg(kind, name), name, detail, info.live);
    setWindowTitle(tr("%1 - Awaitscope").arg(name));
    for (QAction* action : actions_->onSource()) action->setEnabled(true);
    actions_->follow->setEnabled(info.live);
    actions_->otherRun->setEnabled(workspace_->expected());
    actions_->record->setEnabled(source.pid > 0 && services_.startRecording);
    menu_->setWorkspace(workspace_);
    walk_->setWorkspace(workspace_);
    panel_commands_->setWorkspace(workspace_);
    banner_->clear();
    showPart();

    ViewState& view = workspace_->view();
    Stepper& stepper = workspace_->stepper();
    connect(&stepper, &Stepper::runningChanged, this, &MainWindow::showStatus);
    connect(&view, &ViewState::cursorChanged, this, [this] {
        showPosition();
        showStatus();
    });
    connect(&view, &ViewState::searchChanged, this, [this] {
        const QString text = workspace_->view().search();  // undo changes it, too
        if (top_bar_->search()->text() != text) top_bar_->search()->setText(text);
    });
    connect(&view, &ViewState::followingChanged, this, [this] {
        actions_->follow->setChecked(workspace_->view().following());
        showStatus();
    });
    connect(&workspace_->session(), &TraceSession::grown, this, [this] {
        showPosition();
        showStatus();
    });
    connect(&workspace_->session(), qOverload<QString>(&TraceSession::ended), this, [this](const QString& note) {
        // That a recorded program came to its end is no news.
        const std::string said = note.toStdString();
        const bool recorded = workspace_->description().kind == SourceDescription::Kind::recording;
        if (!said.empty() && !(recorded && isPlainEnd(said))) banner_->tell(Banner::Kind::note, noteText(said));
        actions_->follow->setEnabled(false);
        actions_->follow->setChecked(false);
        showStatus();
    });
    // Not in the middle of what the session tells its views: they are all made anew.
    connect(&workspace_->session(), &TraceSession::foldWanted, this, &MainWindow::foldOldest, Qt::QueuedConnection);
    // Later: the button that asks for it goes with the workspace.
    connect(workspace_, &Workspace::anotherScenarioWanted, this, &MainWindow::openNextScenario, Qt::QueuedConnection);
    connect(
        workspace_, &Workspace::sameScenarioWanted, this, [this] { openScenario(workspace_->description().scenario); },
        Qt::QueuedConnection);
    connect(workspace_, &Workspace::wordWanted, this,
            [this](const QString& word) { HelpWindow::open(this)->showWord(word); });
    connect(&workspace_->search(), &SearchWalk::nothingFound, this, [this](const QString& text) {
        banner_->tell(Banner::Kind::note, tr("Nothing here holds \"%1\".").arg(text));
    });
    workspace_->timeline()->setFrameTimesShown(actions_->frameTimes->isChecked());
    actions_->follow->setChecked(view.following());
    status_timer_.start();
    showPosition();
    showStatus();
}

void MainWindow::closeSource() {
    status_timer_.stop();
    recording_.reset();
    if (Workspace* gone = std::exchange(workspace_, nullptr)) {
        gone->saveLayout();
        gone->disconnect(this);
        delete gone;
    }
    for (QAction* action : actions_->onSource()) action->setEnabled(false);
    for (QAction* action : {actions_->record, actions_->stopReading, actions_->earlierPart, actions_->laterPart})
        action->setEnabled(false);
    actions_->record->setChecked(false);
    actions_->openPart->setEnabled(bool(services_.openFile));
    actions_->otherRun->setEnabled(false);
    recording_bar_->clear();
    menu_->setWorkspace(nullptr);
    walk_->setWorkspace(nullptr);
    panel_commands_->setWorkspace(nullptr);
    top_bar_->search()->clear();
    top_bar_->showNoSource();
    banner_->clear();
    status_bar_->showIdle(tr("Choose a scenario, attach to a program, or open a recording"));
    setWindowTitle(tr("Awaitscope"));
    stack_->setCurrentWidget(welcome_);
    welcome_->setFocus();
}

void MainWindow::showPosition() {
    const auto trace = workspace_->session().trace();
    const EventIndex cursor = workspace_->view().cursor();
    const EventIndex count = trace->event_count();
    const EventIndex at = cursor == no_event ? 0 : std::min(cursor + 1, count);
    top_bar_->showPosition(formatTime(trace->time_at(cursor)),
                           tr("event %1 of %2").arg(formatCount(at), formatCount(count)));
}

void MainWindow::showStatus() {
    if (!workspace_) return;
    const TraceSession& session = workspace_->session();
    const SourceInfo info = session.info();
    const Theme& theme = ThemeSwitch::instance().theme();
    StatusBar::Figures figures;
    const bool live = info.live && !session.ended();
    const bool recorded = workspace_->description().kind == SourceDescription::Kind::recording;
    const bool running = workspace_->stepper().running();
    const bool follows = live && workspace_->view().following();
    figures.reading = session.progress();
    actions_->stopReading->setEnabled(figures.reading.has_value());
    const QString walk = running ? tr("running") : follows ? tr("following") : tr("paused");
    const bool scenario = workspace_->description().kind == SourceDescription::Kind::scenario;
    figures.state = scenario          ? walk
                    : figures.reading ? tr("reading, %1 %").arg(static_cast<int>(*figures.reading * 100))
                    : live            ? tr("live, %1").arg(walk)
                    : recorded        ? tr("recording, %1").arg(walk)
                                      : tr("ended, %1").arg(walk);
    figures.state_color = theme.color(live ? "good" : recorded ? "accent" : "text_soft");
    figures.virtual_clock = info.virtual_clock;
    figures.events_per_second = live ? session.eventsPerSecond() : -1;
    const auto trace = session.trace();
    const EventIndex cursor = workspace_->view().cursor();
    figures.events = trace->event_count();
    figures.lost = trace->lost_count();
    figures.tasks = trace->task_count_at(cursor);
    figures.tasks_done = figures.tasks - std::min<quint64>(figures.tasks, trace->tasks_alive_at(cursor));
    figures.ready = trace->ready_queue_at(cursor).size();
    status_bar_->show(figures);
}

std::vector<Command> MainWindow::commands() const {
    QList<QAction*> named = actions_->all();
    if (workspace_) {
        named << workspace_->timeline()->commands();
        for (const PanelDock* dock : workspace_->docks()) named << dock->goTo();
    }
    QList<QMenu*> menus = findChildren<QMenu*>();
    menus.removeIf([](const QMenu* menu) { return qobject_cast<QMenu*>(menu->parent()); });
    return commandsOf(named, menus);
}

void MainWindow::fitIntoScreen() {
    // Else each word that grows longer in a bar asks the screen for another size.
    setMinimumSize(least_size.boundedTo(screen()->availableSize()));
}

void MainWindow::chooseCompared() {
    const QStringList files = chooseRecordings(this);
    if (files.size() == 2)
        compareFiles(files[0], files[1]);
    else if (!files.isEmpty())
        showError(tr("Choose two files: with Ctrl held, click the second one too."));
}

CompareWindow* MainWindow::compareFiles(const QString& before, const QString& after) {
    if (!services_.openFile) return nullptr;
    OpenedSource opened[] = {services_.openFile(before), services_.openFile(after)};
    for (const OpenedSource& one : opened) {
        if (one.source) continue;
        showError(one.error);
        return nullptr;
    }
    auto* window = new CompareWindow(std::move(opened[0]), std::move(opened[1]));
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->move(pos() + QPoint(32, 32));
    window->show();
    return window;
}

void MainWindow::escape() {
    QLineEdit* search = top_bar_->search();
    if (!search->text().isEmpty())
        search->clear();
    else if (!workspace_->timeline()->measuredText().isEmpty())
        workspace_->timeline()->stopMeasuring();
    else if (!search->hasFocus())
        workspace_->view().setSelectedTask(no_task);
    workspace_->timeline()->setFocus();
}

void MainWindow::showError(const QString& text) {
    banner_->tell(Banner::Kind::error, text);
}

QString MainWindow::bannerText() const {
    return banner_->text();
}

void MainWindow::showAbout() {
    QMessageBox::about(this, tr("About Awaitscope"),
                       tr("<b>Awaitscope</b> %1<p>See an event loop at work: asyncio for C++20, and a window on it.</p>"
                          "<p>The window is free software under the GNU GPL, version 3 or later; the runtime and the "
                          "instrumentation, which your programs link, are under the MIT licence.</p>")
                           .arg(QApplication::applicationVersion()));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayLetGo()) return event->ignore();
    QSettings().setValue("window/geometry", saveGeometry());
    closeSource();
    event->accept();
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    // Space presses the button or card that has the focus; anywhere else it runs and pauses.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space &&
        (qobject_cast<QAbstractButton*>(watched) || qobject_cast<Card*>(watched)))
        event->accept();
    return QMainWindow::eventFilter(watched, event);
}

}  // namespace awaitscope::ui
