// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/search_walk.hpp"

#include <algorithm>

#include "ui/model/format.hpp"

namespace awaitscope::ui {

SearchWalk::SearchWalk(TraceSession& session, ViewState& view, QObject* parent)
    : QObject(parent), session_(session), view_(view), events_(session) {
    connect(&view_, &ViewState::searchChanged, this, &SearchWalk::takeText);
    connect(&events_, &EventSearch::added, this, &SearchWalk::arrived);
    connect(&events_, &EventSearch::mixed, this, &SearchWalk::arrived);
    connect(&events_, &EventSearch::busyChanged, this, &SearchWalk::arrived);
}

void SearchWalk::takeText() {
    wanted_ = Way::none;
    if (view_.search().isEmpty())
        events_.stop();
    else
        events_.start({.text = view_.search()});
    emit changed();
}

void SearchWalk::step(Way way) {
    wanted_ = Way::none;
    if (!events_.active()) return;
    const EventIndex found = way == Way::next ? events_.next(view_.cursor()) : events_.previous(view_.cursor());
    if (found != no_event) {
        TaskIndex task = no_task;
        {
            const auto trace = session_.trace();
            task = trace->find_task(trace->event(found).task());
        }
        view_.setCursor(found);
        if (task != no_task) view_.setSelectedTask(task);
    } else if (events_.busy()) {
        wanted_ = way;
    } else {
        emit nothingFound(view_.search());
    }
}

void SearchWalk::arrived() {
    if (wanted_ != Way::none) step(wanted_);
    emit changed();
}

QString SearchWalk::note() const {
    if (!events_.active()) return {};
    const auto& hits = events_.hits();
    if (events_.busy())
        return tr("%1 found, %2 %").arg(formatCount(hits.size())).arg(static_cast<int>(100 * events_.progress()));
    if (hits.empty()) return tr("not found");
    const auto at = std::ranges::lower_bound(hits, view_.cursor());
    if (at == hits.end() || *at != view_.cursor()) return tr("%1 found").arg(formatCount(hits.size()));
    return tr("%1 of %2").arg(formatCount(static_cast<quint64>(at - hits.begin()) + 1), formatCount(hits.size()));
}

}  // namespace awaitscope::ui
