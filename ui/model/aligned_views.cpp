// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/aligned_views.hpp"

#include <QScopedValueRollback>

namespace awaitscope::ui {

AlignedViews::AlignedViews(ViewState& first, ViewState& second, QObject* parent)
    : QObject(parent), first_(first), second_(second) {
    for (ViewState* view : {&first_, &second_}) {
        view->setFollowing(false);
        connect(view, &ViewState::rangeChanged, this, [this, view] { follow(*view); });
    }
}

void AlignedViews::follow(const ViewState& moved) {
    if (moving_) return;
    const QScopedValueRollback guard(moving_, true);
    const bool first = &moved == &first_;
    const Nanoseconds shift = first ? offset_ : -offset_;
    ViewState& other = first ? second_ : first_;
    other.setRange({moved.range().begin + shift, moved.range().end + shift});
}

void AlignedViews::setOffset(Nanoseconds offset) {
    offset_ = offset;
    follow(first_);
}

void AlignedViews::setRange(TimeRange range) {
    first_.setRange(range);
    follow(first_);
}

}  // namespace awaitscope::ui
