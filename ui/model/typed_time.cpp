// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/typed_time.hpp"

#include "instrumentation/exporter/parse_duration.hpp"

namespace awaitscope::ui {

std::optional<Nanoseconds> readTime(const QString& text) {
    const auto time = parse_duration(QString(text).remove(' ').toStdString());
    return time ? std::optional<Nanoseconds>(time->count()) : std::nullopt;
}

QString typedTime(Nanoseconds time) {
    QString seconds = QString::number(static_cast<double>(time) / 1e9, 'f', 6);
    while (seconds.endsWith('0')) seconds.chop(1);
    if (seconds.endsWith('.')) seconds.chop(1);
    return seconds + 's';
}

}  // namespace awaitscope::ui
