// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QMainWindow>
#include <QTimer>
#include <memory>

#include "instrumentation/trace/growing_trace.hpp"
#include "ui/window/window_services.hpp"

class QStackedWidget;

namespace awaitscope::ui {

class Banner;
struct Command;
class CompareWindow;
class MainMenu;
class PanelCommands;
class RecordingBar;
class StatusBar;
class TopBar;
class TraceSession;
class WalkCommands;
class WelcomePage;
class WindowActions;
class Workspace;

/// A window: the welcome page, or one open source with its panels. Several may be open at once; each knows only what it
/// was given. Closing it detaches and touches nothing else: a process that was attached to runs on, a scenario's child
/// is ended, and of a program that was started for it the user is asked.
class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    explicit MainWindow(WindowServices services, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Shows a source in place of what was shown. It was opened outside: the window cannot tell a live one from a file.
    void open(std::unique_ptr<EventSource> source, SourceDescription description);
    /// Asks the services, and shows what they open; or says in one line why not, and keeps what was shown.
    void openScenario(const QString& name);
    void attachTo(int pid);
    void openFile(const QString& path);
    /// Two recordings in a window of their own; nullptr, and why in one line, when one of them cannot be opened.
    CompareWindow* compareFiles(const QString& before, const QString& after);
    /// Back to the welcome page.
    void closeSource();

    /// One clear line below the bar.
    void showError(const QString& text);
    QString bannerText() const;

    /// What is open; nullptr on the welcome page.
    Workspace* workspace() const { return workspace_; }
    /// What the traces of sources opened from now on may take, in bytes, before their oldest detail is folded.
    void setTraceMemory(std::size_t bytes) { trace_memory_ = bytes; }
    WindowActions& actions() { return *actions_; }
    /// All there is to do at the moment, for the command palette: what has a key, the panels, and what menus offer.
    std::vector<Command> commands() const;
    TopBar& topBar() { return *top_bar_; }
    WelcomePage& welcomePage() { return *welcome_; }

  protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    MainWindow* anotherWindow();
    void opened(OpenedSource result);
    /// Opens another part of the recording that is open.
    void openPart(const SourcePart& part);
    void openPartOf(const SourceDescription& recording, const SourcePart& part);
    void showPart();
    void choosePart();
    QString chooseRecording(const QString& title);
    void openNextScenario();
    /// Asks what becomes of a program that was started for this window and still runs; false: the window is to stay.
    bool mayLetGo();
    void connectActions();
    void showSession(std::unique_ptr<TraceSession> session, SourceDescription description);
    void connectSource();
    /// The trace has taken its memory: its oldest detail is folded, and all views are made anew on what remains.
    void foldOldest();
    void showPosition();
    void showStatus();
    void fitIntoScreen();
    void chooseAttach();
    void chooseFile();
    void chooseCompared();
    void toggleRecording(bool on);
    void escape();
    void showAbout();

    WindowServices services_;
    WindowActions* actions_;
    MainMenu* menu_;
    TopBar* top_bar_;
    WalkCommands* walk_;
    PanelCommands* panel_commands_;
    Banner* banner_;
    RecordingBar* recording_bar_;
    StatusBar* status_bar_;
    QStackedWidget* stack_;
    WelcomePage* welcome_;
    Workspace* workspace_ = nullptr;
    std::shared_ptr<void> recording_;
    std::size_t trace_memory_ = GrowingTrace::default_memory();
    QTimer status_timer_;  ///< the rate falls while nothing comes
};

/// A picture of a window at a size, laid out and painted as on a screen; needs no display.
QImage grabWindow(MainWindow& window, QSize size);

}  // namespace awaitscope::ui
