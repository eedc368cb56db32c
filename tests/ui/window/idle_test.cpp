// SPDX-License-Identifier: GPL-3.0-or-later
// A window in which nothing happens costs nothing.
#include <string>

#include "tests/ui/window/open_window.hpp"

using namespace awaitscope;
using awaitscope::test::OpenWindow;

namespace {

/// Counts the events by which widgets ask to be laid out and painted.
class LayoutCount : public QObject {
  public:
    LayoutCount() { QCoreApplication::instance()->installEventFilter(this); }
    int count() const { return count_; }
    std::string who() const { return who_; }

  private:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::UpdateRequest) {
            ++count_;
            who_ = watched->metaObject()->className();
        }
        return false;
    }
    int count_ = 0;
    std::string who_;
};

}  // namespace

TEST_CASE("A window that shows a still trace comes to rest") {
    OpenWindow it;
    const auto turns = [](int number) {
        for (int i = 0; i < number; ++i) QCoreApplication::processEvents();
    };
    turns(50);
    LayoutCount layouts;
    turns(50);
    INFO("last by " << layouts.who());
    // A progress, a blinking cursor or an animation may end meanwhile.
    CHECK(layouts.count() < 10);
}
