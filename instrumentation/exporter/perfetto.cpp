// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "instrumentation/exporter/export.hpp"
#include "instrumentation/exporter/timeline_walk.hpp"

namespace awaitscope {
namespace {

/// A protobuf message being written. The numbers are those of protos/perfetto/trace/trace.proto and what it imports.
class Message {
  public:
    void number(unsigned field, std::uint64_t value) {
        tag(field, 0);
        varint(value);
    }
    void fixed(unsigned field, std::uint64_t value) {
        tag(field, 1);
        for (int i = 0; i < 8; ++i) bytes_ += static_cast<char>(value >> (8 * i));
    }
    void text(unsigned field, std::string_view value) {
        tag(field, 2);
        varint(value.size());
        bytes_ += value;
    }
    void message(unsigned field, const Message& value) { text(field, value.bytes_); }
    const std::string& bytes() const { return bytes_; }
    void clear() { bytes_.clear(); }

  private:
    void tag(unsigned field, unsigned wire_type) { varint(field << 3 | wire_type); }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
        bytes_ += static_cast<char>(value);
    }
    std::string bytes_;
};

namespace packet {
constexpr unsigned timestamp = 8, sequence = 10, track_event = 11, track_descriptor = 60;
}
namespace descriptor {
constexpr unsigned uuid = 1, name = 2, process = 3, parent = 5, counter = 8, ordering = 11, merging = 15;
constexpr unsigned by_time = 2;     // of the first event; by default tracks in a track have no order
constexpr unsigned merge_none = 2;  // by default siblings of one name become one track: here they are different tasks
}  // namespace descriptor
namespace process_descriptor {
constexpr unsigned pid = 1, command = 2, name = 6;
}
namespace event {
constexpr unsigned annotation = 4, type = 9, track = 11, category = 22, name = 23, counter_value = 30, flow = 47,
                   ending_flow = 48;
constexpr unsigned slice_begin = 1, slice_end = 2, instant = 3, counter = 4;
}  // namespace event
namespace annotation {
constexpr unsigned number = 3, text = 6, name = 10;
}

class PerfettoWriter : public TimelineVisitor {
  public:
    explicit PerfettoWriter(const ExportSink& sink) : sink_(sink) {}

    void process(TrackNumber number, const SourceInfo& info) override {
        Message process;
        process.number(process_descriptor::pid, static_cast<std::uint64_t>(info.pid));
        if (!info.command.empty()) process.text(process_descriptor::command, info.command);
        process.text(process_descriptor::name, info.name);
        Message track;
        track.number(descriptor::uuid, uuid(number));
        track.message(descriptor::process, process);
        describe(track);
    }

    void track(TrackNumber track, TrackNumber parent, std::string_view name) override {
        Message message = descriptor_of(track, parent, name);
        message.number(descriptor::ordering, descriptor::by_time);
        describe(message);
    }

    void counter_track(TrackNumber track, TrackNumber parent, std::string_view name) override {
        Message message = descriptor_of(track, parent, name);
        message.message(descriptor::counter, Message());
        describe(message);
    }

    void slice(const TimelineSlice& slice) override {
        Message begin = event_on(slice.track, event::slice_begin);
        begin.text(event::category, slice.category);
        begin.text(event::name, slice.name);
        if (!slice.file.empty()) {
            annotate(begin, "file", slice.file);
            annotate(begin, "line", slice.line);
        }
        if (slice.object) annotate(begin, "object", slice.object);
        if (slice.flow) begin.fixed(event::ending_flow, slice.flow);
        put(slice.begin, begin);
        if (!slice.open) put(slice.end, event_on(slice.track, event::slice_end));
    }

    void instant(const TimelineInstant& instant) override {
        Message message = event_on(instant.track, event::instant);
        message.text(event::category, instant.category);
        message.text(event::name, instant.name);
        if (instant.flow) message.fixed(event::flow, instant.flow);
        put(instant.time, message);
    }

    void count(TrackNumber track, Nanoseconds time, std::uint64_t value) override {
        Message message = event_on(track, event::counter);
        message.number(event::counter_value, value);
        put(time, message);
    }

    void end() {
        if (!out_.bytes().empty()) sink_(out_.bytes());
    }

  private:
    /// 0 has a meaning of its own for a track.
    static std::uint64_t uuid(TrackNumber track) { return track + 1; }

    static Message descriptor_of(TrackNumber track, TrackNumber parent, std::string_view name) {
        Message message;
        message.number(descriptor::uuid, uuid(track));
        message.number(descriptor::parent, uuid(parent));
        message.text(descriptor::name, name);
        message.number(descriptor::merging, descriptor::merge_none);
        return message;
    }
    static Message event_on(TrackNumber track, unsigned type) {
        Message message;
        message.number(event::track, uuid(track));
        message.number(event::type, type);
        return message;
    }
    static void annotate(Message& to, std::string_view name, std::string_view value) {
        Message message;
        message.text(annotation::name, name);
        message.text(annotation::text, value);
        to.message(event::annotation, message);
    }
    static void annotate(Message& to, std::string_view name, std::uint64_t value) {
        Message message;
        message.text(annotation::name, name);
        message.number(annotation::number, value);
        to.message(event::annotation, message);
    }
    void describe(const Message& track) {
        Message message;
        message.message(packet::track_descriptor, track);
        put(message);
    }
    void put(Nanoseconds time, const Message& event) {
        Message message;
        message.number(packet::timestamp, static_cast<std::uint64_t>(time));
        message.message(packet::track_event, event);
        put(message);
    }
    void put(Message& packet) {
        constexpr std::size_t much = 1 << 16;
        packet.number(packet::sequence, 1);
        out_.message(1, packet);
        if (out_.bytes().size() < much) return;
        sink_(out_.bytes());
        out_.clear();
    }

    const ExportSink& sink_;
    Message out_;
};

}  // namespace

void export_perfetto(const Trace& trace, const SourceInfo& info, const ExportSink& sink) {
    PerfettoWriter writer(sink);
    walk_timeline(trace, info, writer);
    writer.end();
}

}  // namespace awaitscope
