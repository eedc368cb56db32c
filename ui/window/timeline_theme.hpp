// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timeline_style.hpp"

namespace awaitscope::ui {

class Theme;

/// The timeline's colours in a theme: its own for the ground it was made for, with the theme's where both name one.
TimelineStyle timelineStyle(const Theme& theme);

}  // namespace awaitscope::ui
