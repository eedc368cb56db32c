// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/event/vocabulary.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

using namespace awaitscope;

namespace {

unsigned bits_of(Slot slot) {
    switch (slot) {
        case Slot::a:
            return 1;
        case Slot::b:
            return 2;
        case Slot::c:
            return 4;
        case Slot::bc:
            return 6;
    }
    return 0;
}

constexpr FieldType enumerations[] = {FieldType::wait_kind, FieldType::end_state, FieldType::sync_kind,
                                      FieldType::io_direction, FieldType::warning_kind};

}  // namespace

TEST_CASE("every kind has one row, found by number and by name") {
    CHECK(vocabulary().size() == event_kind_count - 2);
    for (const KindInfo& info : vocabulary()) {
        CHECK(find_kind(info.kind) == &info);
        CHECK(find_kind(info.name) == &info);
    }
}

TEST_CASE("what is no kind is not found") {
    CHECK(find_kind(EventKind::none) == nullptr);
    CHECK(find_kind(EventKind::text) == nullptr);
    CHECK(find_kind(static_cast<EventKind>(event_kind_count)) == nullptr);
    CHECK(find_kind(static_cast<EventKind>(255)) == nullptr);
    CHECK(find_kind("nonesuch") == nullptr);
    CHECK(find_kind("") == nullptr);
}

TEST_CASE("the fields of a kind share no slot and no name") {
    for (const KindInfo& info : vocabulary()) {
        INFO(info.name);
        unsigned used = 0;
        std::set<std::string_view> names;
        for (const Field& field : info.fields) {
            CHECK((used & bits_of(field.slot)) == 0);
            used |= bits_of(field.slot);
            CHECK(names.insert(field.name).second);
        }
    }
}

TEST_CASE("text stands in slot b, as the ring's writer puts it") {
    for (const KindInfo& info : vocabulary()) {
        INFO(info.name);
        const auto is_text = [](const Field& f) { return f.type == FieldType::text || f.type == FieldType::task_name; };
        const auto is_place = [](const Field& f) {
            return f.type == FieldType::place || f.type == FieldType::definition;
        };
        CHECK(std::ranges::count_if(info.fields, is_text) <= 1);
        CHECK(std::ranges::count_if(info.fields, is_place) <= 1);
        if (const Field* field = text_field(info.kind)) CHECK(field->slot == Slot::b);
        if (const Field* field = place_field(info.kind)) CHECK((field->slot == Slot::b || field->slot == Slot::c));
    }
}

TEST_CASE("every kind and field has words for the documentation") {
    for (const KindInfo& info : vocabulary()) {
        INFO(info.name);
        CHECK(info.what.ends_with('.'));
        for (const Field& field : info.fields) CHECK_FALSE(field.what.empty());
    }
}

TEST_CASE("the words of an enumeration read back as their values") {
    for (FieldType type : enumerations) {
        std::set<std::string_view> words;
        std::uint64_t value = 0;
        for (; enum_word(type, value) != "?"; ++value) {
            CHECK(words.insert(enum_word(type, value)).second);
            CHECK(enum_value(type, enum_word(type, value)) == value);
        }
        CHECK(value >= 2);
        CHECK_FALSE(enum_value(type, "nonesuch"));
    }
    CHECK(to_string(static_cast<WaitKind>(wait_kind_count - 1)) == "yield");
    CHECK(to_string(static_cast<WaitKind>(wait_kind_count)) == "?");
    CHECK(enum_word(FieldType::count, 1).empty());
}

TEST_CASE("an event keeps what is put into its slots") {
    Event event{.head = Event::pack(EventKind::timer_set, 0xfffe, id_max)};
    CHECK(event.kind() == EventKind::timer_set);
    CHECK(event.loop() == 0xfffe);
    CHECK(event.task() == id_max);
    set(event, Slot::a, 0x1122334455667788);
    set(event, Slot::bc, 0x99aabbccddeeff00);
    CHECK(get(event, Slot::a) == 0x1122334455667788);
    CHECK(get(event, Slot::bc) == 0x99aabbccddeeff00);
    CHECK(get(event, Slot::b) == 0xddeeff00);
    CHECK(get(event, Slot::c) == 0x99aabbcc);
    set(event, Slot::b, 7);
    set(event, Slot::c, 8);
    CHECK(event.bc() == (std::uint64_t{8} << 32 | 7));
}
