// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/place_words.hpp"

#include "instrumentation/exporter/event_text.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {

int PlaceWords::twinLine(const Symbols& symbols, PlaceId id) const {
    if (!twin_ || id == 0) return 0;
    const Place place = symbols.place(id);
    const std::string_view path = symbols.string(place.file);
    if (toQString(path.substr(path.rfind('/') + 1)) != twin_->program) return 0;
    return twin_->lines.pythonLine(toQString(symbols.string(place.function)), static_cast<int>(place.line));
}

QString PlaceWords::text(const Trace& trace, PlaceId place) const {
    const int line = twinLine(trace.symbols(), place);
    return line > 0 ? QStringLiteral("%1:%2").arg(twin_->file).arg(line) : placeText(trace, place);
}

QString PlaceWords::function(const Trace& trace, PlaceId place) const {
    const Symbols& symbols = trace.symbols();
    const QString name = QString::fromStdString(printable(symbols.string(symbols.place(place).function)));
    return twinLine(symbols, place) > 0 ? SourceTwin::bareName(name) : name;
}

QString PlaceWords::shortText(const Trace& trace, PlaceId id) const {
    const Place place = trace.symbols().place(id);
    const QString name = function(trace, id);
    if (name.isEmpty() || place.line == 0) return {};
    const int line = twinLine(trace.symbols(), id);
    return QStringLiteral("%1:%2").arg(name).arg(line > 0 ? line : static_cast<int>(place.line));
}

QString PlaceWords::fullText(const Trace& trace, PlaceId id) const {
    const int line = twinLine(trace.symbols(), id);
    const QString where = line > 0 ? QStringLiteral("%1:%2").arg(twin_->file).arg(line)
                                   : QString::fromStdString(place_text(trace.symbols(), id, true));
    const QString name = function(trace, id);
    return name.isEmpty() || where.isEmpty() ? where : QStringLiteral("%1() · %2").arg(name, where);
}

QString numberedText(const Trace& trace, const QString& number, PlaceId line, const PlaceWords& places) {
    return line == 0 ? number : QStringLiteral("%1 (%2)").arg(number, places.text(trace, line));
}

}  // namespace awaitscope::ui
