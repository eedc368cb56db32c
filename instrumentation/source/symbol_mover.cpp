// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/symbol_mover.hpp"

#include "instrumentation/event/vocabulary.hpp"

namespace awaitscope {
void SymbolMover::move(Event& event) {
    const ReferringFields& refers = referring_fields(event.kind());
    if (refers.text) set(event, refers.text->slot, string(static_cast<StringId>(get(event, refers.text->slot))));
    if (refers.place) set(event, refers.place->slot, place(static_cast<PlaceId>(get(event, refers.place->slot))));
}

StringId SymbolMover::string(StringId id) {
    if (id < strings_.size() && strings_[id] != 0) return strings_[id];
    if (id == 0 || id >= from_->string_count()) return 0;
    if (id >= strings_.size()) strings_.resize(from_->string_count());
    return strings_[id] = to_->add_string(from_->string(id));
}

PlaceId SymbolMover::place(PlaceId id) {
    if (id < places_.size() && places_[id] != 0) return places_[id];
    if (id == 0 || id >= from_->place_count()) return 0;
    if (id >= places_.size()) places_.resize(from_->place_count());
    const Place known = from_->place(id);
    return places_[id] = to_->add_place(from_->string(known.file), from_->string(known.function), known.line);
}

}  // namespace awaitscope
