// SPDX-License-Identifier: GPL-3.0-or-later
// The ring's reader over bytes that lie: a head that jumps, goes back or comes torn, records that change under it, a
// copy that fails.
#include <vector>

#include "instrumentation/ring/ring_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace awaitscope;
using namespace awaitscope::fuzz;

namespace {

constexpr std::uint64_t ring_size = ring::ring_records_min;

struct LyingRing {
    Input* input;
    std::uint64_t truth = 0;

    std::uint64_t records() const { return ring_size; }
    std::uint64_t head() {
        const auto how = input->number<std::uint8_t>();
        if (how < 128) return truth += how;  // as a writer does
        if (how < 192) return truth += input->number<std::uint16_t>();
        return truth = input->number<std::uint64_t>();
    }
    bool copy(std::uint64_t first, std::span<Event> to) {
        expect(to.size() <= ring_size, "no more than a ring is copied");
        for (Event& event : to) event.time = first++;
        return input->number<std::uint8_t>() != 255;
    }
};
static_assert(ring::RingBytes<LyingRing>);

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    Input input(bytes, size);
    ring::RingReader<LyingRing> reader(LyingRing{&input}, input.number<std::uint16_t>());
    std::vector<Event> out;
    while (!input.empty()) {
        const std::size_t limit = input.number<std::uint16_t>() % 600;
        const std::uint64_t before = reader.next();
        out.clear();
        const ring::RingRead got = reader.read(out, limit);
        expect(out.size() <= limit && out.size() <= ring_size, "no more than asked for");
        if (got.broken) {
            expect(out.empty() && reader.next() == before, "a broken read takes nothing");
            continue;
        }
        expect(before + got.lost + out.size() == reader.next(), "each record is read or counted");
        for (std::size_t i = 0; i < out.size(); ++i)
            expect(out[i].time == before + got.lost + i, "records come in order, none twice");
    }
    return 0;
}
