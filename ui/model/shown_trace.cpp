// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/shown_trace.hpp"

namespace awaitscope::ui {

void ShownTrace::setSession(TraceSession* session) {
    replace(session, nullptr);
}

void ShownTrace::setTrace(const Trace* trace) {
    replace(nullptr, trace);
}

void ShownTrace::replace(TraceSession* session, const Trace* trace) {
    if (session_) session_->disconnect(this);
    session_ = session;
    still_ = trace;
    if (session) {
        connect(session, &TraceSession::grown, this, &ShownTrace::grown);
        connect(session, qOverload<QString>(&TraceSession::ended), this, &ShownTrace::ended);
        connect(session, &QObject::destroyed, this, [this] { replace(nullptr, nullptr); });
    }
    emit replaced();
}

bool ShownTrace::with(const std::function<void(const Trace&)>& use) const {
    if (session_) {
        const auto reader = session_->trace();
        use(*reader);
        return true;
    }
    if (still_) use(*still_);
    return still_ != nullptr;
}

bool ShownTrace::withBreaths(const std::function<void(const Trace&, const Breathe&)>& use) const {
    if (session_) {
        auto reader = session_->trace();
        use(*reader, [&] { reader.breathe(); });
        return true;
    }
    return with([&](const Trace& trace) { use(trace, [] {}); });
}

}  // namespace awaitscope::ui
