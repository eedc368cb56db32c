// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/ring_decoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/source/symbol_mover.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope {
PlaceId PlaceMap::look_up(std::uint32_t ring_place, const ring::SegmentFile& file, Symbols& symbols) {
    if (ring_place == 0 || ring_place >= file.facts().place_count) return 0;
    if (ring_place >= ids_.size()) ids_.resize(ring_place + 1, unknown);
    const auto place = file.read_place(ring_place);
    return ids_[ring_place] = symbols.add_place(valid_utf8(place.file), valid_utf8(place.function), place.line);
}

void RingDecoder::take(std::span<const Event> records, std::uint64_t lost, bool whole, std::uint16_t loop,
                       const DecodeContext& context) {
    if (lost > 0) {
        finish(context);  // its text, or the rest of it, is among the lost
        lost_ += lost;
    }
    for (const Event& record : records) {
        if (record.kind() == EventKind::text) {
            if (!open_) continue;  // its event was lost
            const auto text = std::bit_cast<TextRecord>(record);
            const std::size_t size = std::min<std::size_t>(text.size, TextRecord::capacity);
            if (text_.size() + size <= text_bytes_max) text_.append(text.bytes, size);
            continue;
        }
        finish(context);
        if (lost_ > 0) {
            push({.head = Event::pack(EventKind::lost, loop, 0),
                  .time = static_cast<std::uint64_t>(time_of(record, context)),
                  .a = lost_});
            lost_ = 0;
        }
        decode(record, context);
    }
    if (whole) finish(context);
}

void RingDecoder::move_symbols(const Symbols& from, Symbols& to) {
    SymbolMover mover(from, to);
    for (Event& event : events_.all()) mover.move(event);
    // Of the one that is open the place is known; its text is still to come.
    if (const Field* field = open_ ? place_field(event_.kind()) : nullptr)
        set(event_, field->slot, mover.place(static_cast<PlaceId>(get(event_, field->slot))));
}

void RingDecoder::decode(const Event& record, const DecodeContext& context) {
    const ReferringFields& refers = referring_fields(record.kind());
    if (!refers.known) {
        ++context.unknown_events;
        return;
    }
    Event event = record;
    event.time = static_cast<std::uint64_t>(time_of(record, context));
    if (refers.moment) {
        const bool is_virtual = (record.time & ring::virtual_time_bit) != 0;
        const std::int64_t moment = context.clock.moment(get(record, refers.moment->slot), is_virtual);
        set(event, refers.moment->slot, static_cast<std::uint64_t>(moment));
    }
    if (refers.place) {
        const auto place = static_cast<std::uint32_t>(get(record, refers.place->slot));
        set(event, refers.place->slot, context.places.find(place, context.file, context.symbols));
    }
    if (!refers.text) return push(event);
    event_ = event;
    open_ = true;
    text_.clear();
}

std::int64_t RingDecoder::time_of(const Event& record, const DecodeContext& context) const {
    const bool is_virtual = (record.time & ring::virtual_time_bit) != 0;
    // Beside a virtual clock, real time would say something else in each run: such an event follows the one before.
    if (context.file.facts().virtual_clock && !is_virtual) return last_time_;
    return context.clock.event_time(record.time);
}

void RingDecoder::finish(const DecodeContext& context) {
    if (!open_) return;
    open_ = false;
    const Field& field = *text_field(event_.kind());
    const std::uint64_t number = get(event_, field.slot);
    StringId id = 0;
    if (!text_.empty())
        id = context.symbols.add_string(valid_utf8(text_));
    else if (field.type == FieldType::task_name && number != 0)
        id = context.symbols.add_string(fmt::format("Task-{}", number));
    set(event_, field.slot, id);
    push(event_);
}

void RingDecoder::push(Event event) {
    last_time_ = std::max(last_time_, static_cast<std::int64_t>(event.time));
    event.time = static_cast<std::uint64_t>(last_time_);
    events_.push(event);
}

}  // namespace awaitscope
