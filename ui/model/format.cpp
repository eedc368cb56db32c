// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/format.hpp"

#include <QCoreApplication>
#include <QLocale>

#include "instrumentation/exporter/duration_text.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "ui/geometry/time_text.hpp"

namespace awaitscope::ui {

QString figures(std::string_view text) {
    const QLocale locale;
    QString out;
    for (const QChar c : toQString(text))
        out += c == u'.' ? locale.decimalPoint() : c == u',' ? locale.groupSeparator() : QString(c);
    return out;
}

QString formatDuration(Nanoseconds ns) {
    return figures(duration_text(ns));
}

QString formatAtLeast(Nanoseconds ns, bool longer) {
    return (longer ? QStringLiteral(">") : QString()) + formatDuration(ns);
}

QString formatShort(Nanoseconds ns) {
    return figures(durationText(ns));
}

QString formatTime(Nanoseconds ns) {
    QString text = figures(exact_seconds(ns));
    text.chop(3);
    if (text.endsWith("000"))
        text.chop(3);
    else
        text.insert(text.size() - 3, QChar(0x202f));
    return text + " s";
}

QString formatExact(Nanoseconds ns) {
    return figures(exact_seconds(ns)) + " s";
}

QString formatPercent(Nanoseconds part, Nanoseconds whole) {
    const double percent = whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0;
    if (percent >= 99.95) return "100 %";
    return formatNumber(percent, 1) + " %";
}

QString formatCount(std::uint64_t count) {
    return figures(countText(count));
}

QString withThousands(QString told, std::uint64_t count) {
    return told.replace(QString::number(count), formatCount(count));
}

QString formatBytes(std::uint64_t bytes) {
    return figures(bytesText(bytes));
}

QString formatNumber(double number, int decimals) {
    return figures(QString::number(number, 'f', decimals).toStdString());
}

QString formatTimes(std::uint64_t count) {
    return count == 1 ? QCoreApplication::translate("awaitscope::ui", "1 time")
                      : QCoreApplication::translate("awaitscope::ui", "%1 times").arg(formatCount(count));
}

QString fillGaps(const QString& pattern, const std::function<QString(std::size_t)>& gap) {
    QString out;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const int number = pattern[i] == '%' && i + 1 < pattern.size() ? pattern[i + 1].digitValue() : 0;
        if (number < 1) {
            out += pattern[i];
            continue;
        }
        out += gap(static_cast<std::size_t>(number - 1));
        ++i;
    }
    return out;
}

QString toQString(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString taskName(const Trace& trace, TaskIndex task) {
    return QString::fromStdString(printable(task_name(trace, task)));
}

QString coroutineName(const Trace& trace, TaskIndex task) {
    if (task >= trace.tasks().size()) return {};
    const Symbols& symbols = trace.symbols();
    return QString::fromStdString(printable(symbols.string(symbols.place(trace.tasks()[task].definition).function)));
}

QString placeText(const Trace& trace, PlaceId place) {
    return QString::fromStdString(place_text(trace.symbols(), place));
}

}  // namespace awaitscope::ui
