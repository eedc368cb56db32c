// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/search.hpp"

#include <vector>

#include "instrumentation/event/vocabulary.hpp"

namespace awaitscope::ui {
namespace {

/// Which of a trace's strings hold the text: each is looked at once, however many events name it.
class Matcher {
  public:
    Matcher(const Trace& trace, const QString& text) : trace_(trace), hits_(trace.symbols().string_count() + 1) {
        for (StringId id = 1; id < hits_.size(); ++id) {
            const auto view = trace.symbols().string(id);
            hits_[id] =
                QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size())).contains(text, Qt::CaseInsensitive);
        }
    }

    bool fits(const Event& event) const {
        if (const TaskIndex task = trace_.find_task(event.task()); task != no_task && hit(trace_.tasks()[task].name))
            return true;
        if (const Field* field = text_field(event.kind()))
            if (hit(static_cast<StringId>(get(event, field->slot)))) return true;
        if (const Field* field = place_field(event.kind())) {
            const Place place = trace_.symbols().place(static_cast<PlaceId>(get(event, field->slot)));
            return hit(place.function) || hit(place.file);
        }
        return false;
    }

  private:
    bool hit(StringId id) const { return id < hits_.size() && hits_[id]; }

    const Trace& trace_;
    std::vector<bool> hits_;
};

}  // namespace

EventIndex findNext(const Trace& trace, const QString& text, EventIndex cursor) {
    const EventIndex count = trace.event_count();
    if (text.isEmpty() || count == 0) return no_event;
    const Matcher matcher(trace, text);
    const EventIndex first = cursor == no_event ? 0 : cursor + 1;
    for (EventIndex i = 0; i < count; ++i) {
        const EventIndex event = (first + i) % count;
        if (matcher.fits(trace.event(event))) return event;
    }
    return no_event;
}

}  // namespace awaitscope::ui
