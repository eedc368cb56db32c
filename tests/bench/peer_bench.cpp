// SPDX-License-Identifier: GPL-3.0-or-later
// Other tracers, in the same run: programs beside this one, since each wants a process that it has for itself. Those
// that were not found when this was built are left out, and main says so.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "tests/main/private_folder.hpp"

namespace {

/// What a command prints; empty when it fails.
std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "re"), pclose);
    std::string text;
    std::array<char, 256> part{};
    while (pipe && std::fgets(part.data(), part.size(), pipe.get())) text += part.data();
    return text;
}

/// Gives the nanoseconds an event that a program prints, as often as the benchmark asks.
void measure_peer(benchmark::State& state, const std::string& program) {
    for (auto _ : state) {
        const std::string printed = output_of("'" + program + "' 2>/dev/null");
        if (printed.empty()) return state.SkipWithError("it does not run here");
        state.SetIterationTime(std::strtod(printed.c_str(), nullptr) * 1e-9);
    }
}

#ifdef AWAITSCOPE_BENCH_LTTNG

/// A session that records as our rings do: into 8 MiB, over the oldest, and nobody reads. With a daemon of its own,
/// which goes with it, unless one runs already.
class LttngSession {
  public:
    LttngSession() {
        const auto quiet = [](const std::string& command) {
            return std::system((command + " > /dev/null 2>&1").c_str()) == 0;
        };
        if (quiet("lttng list"))
            pid_file_.clear();
        else if (!quiet("lttng-sessiond --no-kernel --daemonize --pidfile=" + pid_file_))
            return;
        on_ = quiet("lttng create " + name_ + " --snapshot") &&
              quiet("lttng enable-channel -u -s " + name_ + " --overwrite --subbuf-size=1M --num-subbuf=8 events") &&
              quiet("lttng enable-event -u -s " + name_ + " -c events 'awaitscope_bench:*'") &&
              quiet("lttng start " + name_);
    }
    ~LttngSession() {
        output_of("lttng destroy " + name_ + " 2>&1");
        if (!pid_file_.empty()) output_of("kill $(cat " + pid_file_ + ") 2>&1");
    }
    LttngSession(const LttngSession&) = delete;
    LttngSession& operator=(const LttngSession&) = delete;
    bool on() const { return on_; }

  private:
    std::string name_ = "awaitscope-bench-" + std::to_string(getpid());
    std::string pid_file_ = std::string(std::getenv("AWAITSCOPE_DIR")) + "/lttng.pid";
    bool on_ = false;
};

void lttng_event(benchmark::State& state) {
    const LttngSession session;
    if (!session.on()) return state.SkipWithError("no session can be made");
    measure_peer(state, AWAITSCOPE_BENCH_LTTNG);
}
BENCHMARK(lttng_event)->Iterations(1)->UseManualTime();

#endif

#ifdef AWAITSCOPE_BENCH_TRACY
void tracy_event(benchmark::State& state) {
    measure_peer(state, AWAITSCOPE_BENCH_TRACY);
}
BENCHMARK(tracy_event)->Iterations(1)->UseManualTime();
#endif

}  // namespace
