// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <unordered_map>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/words.hpp"
#include "instrumentation/event/descriptor.hpp"
#include "instrumentation/exporter/event_text.hpp"

namespace awaitscope {
namespace {

/// Peers that answer late while the loop is idle. Who writes first on a connection asks; who reads first serves, and
/// waits for as long as its clients are silent.
class SlowIo final : public Detector {
  public:
    explicit SlowIo(const FindingOptions& options) : slow_(options.slow_answer) {}

    std::span<const EventKind> wants() const override {
        static constexpr EventKind kinds[] = {EventKind::connection_made, EventKind::connection_lost,
                                              EventKind::io_read, EventKind::io_write, EventKind::lost};
        return kinds;
    }

    void see(const Trace& trace, const Scene&, const Seen& seen) override {
        const Event& event = seen.event;
        switch (event.kind()) {
            case EventKind::connection_made:
                connections_[descriptor_of(event.loop(), event.c)] = {.peer = event.b, .maker = seen.task};
                break;
            case EventKind::connection_lost:
                connections_.erase(descriptor_of(event.loop(), event.c));
                break;
            case EventKind::io_write:
                if (const auto found = connections_.find(descriptor_of(event.loop(), event.b));
                    found != connections_.end()) {
                    Connection& connection = found->second;
                    if (!connection.used) connection.asks = true;
                    connection.used = true;
                    connection.asked = {seen.index, seen.time, seen.loop.idle};
                    connection.waits = true;
                    if (seen.task != no_task) connection.maker = seen.task;
                }
                break;
            case EventKind::io_read:
                if (const auto found = connections_.find(descriptor_of(event.loop(), event.b));
                    found != connections_.end())
                    answered(trace, seen, found->second);
                break;
            default:
                connections_.clear();
                break;
        }
    }

    void report(const Moment& now, std::vector<Finding>& out) override {
        for (const auto& [peer, sighting] : peers_.all()) {
            Finding finding = sighting.finding(FindingKind::slow_io);
            if (sighting.worst_task != no_task)
                finding.place = now.trace.place_at(sighting.worst_task, sighting.worst_event);
            const std::string name = printable(now.trace.symbols().string(static_cast<StringId>(peer)));
            finding.what =
                Sentence::of(phrase("Finding", "%1 answered slowly %2, at worst after %3, while the loop was idle."),
                             name.empty() ? Sentence::of(phrase("Finding", "A peer")) : Sentence(name),
                             times_words(sighting.count), length_words(sighting.worst));
            out.push_back(std::move(finding));
        }
    }

  private:
    struct Asked {
        EventIndex event = 0;
        Nanoseconds time = 0;
        Nanoseconds idle = 0;  ///< what the loop had idled until then
    };
    struct Connection {
        StringId peer = 0;
        TaskIndex maker = no_task;  ///< or who wrote last
        bool used = false;
        bool asks = false;
        bool waits = false;  ///< for an answer
        Asked asked;
    };

    void answered(const Trace& trace, const Seen& seen, Connection& connection) {
        const bool is_answer = connection.asks && connection.waits;
        connection.used = true;
        connection.waits = false;
        const Nanoseconds took = seen.time - connection.asked.time;
        if (!is_answer || took < slow_ || seen.event.a == 0) return;  // 0 bytes: the connection's end is no answer
        if (seen.loop.idle - connection.asked.idle < took - took / 10) return;
        peers_[connection.peer].add(trace, connection.asked.event, seen.index, took, connection.maker);
    }

    Nanoseconds slow_;
    std::unordered_map<std::uint64_t, Connection> connections_;  ///< by loop and descriptor
    Sightings peers_;
};

}  // namespace

std::unique_ptr<Detector> make_slow_io(const FindingOptions& options) {
    return std::make_unique<SlowIo>(options);
}

}  // namespace awaitscope
