// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/otlp_sender.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/cli/commands.hpp"

namespace awaitscope::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{250}, longest_pause{10'000}, patience_for_one{60'000};
constexpr long connect_timeout_ms = 5'000, request_timeout_ms = 10'000;

std::size_t ignore_answer(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

/// The status codes for which OTLP/HTTP asks to try again.
bool is_passing(long status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
}

}  // namespace

OtlpSender::OtlpSender(std::string address) : address_(std::move(address)) {
    if (!address_.starts_with("http://") && !address_.starts_with("https://"))
        throw Failure(fmt::format("cannot export to {}: write http://HOST:4318/v1/traces", address_));
    curl_global_init(CURL_GLOBAL_DEFAULT);
    thread_ = std::thread([this] { work(); });
}

OtlpSender::~OtlpSender() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
    curl_global_cleanup();
}

void OtlpSender::send(std::string request, std::size_t spans) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= queued_max) {
            figures_.dropped += spans;
            return;
        }
        queue_.push_back({std::move(request), spans});
    }
    changed_.notify_all();
}

void OtlpSender::finish(milliseconds patience) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return queue_.empty() && on_its_way_ == 0; });
}

OtlpSender::Figures OtlpSender::figures() const {
    const std::lock_guard lock(mutex_);
    Figures now = figures_;
    now.dropped += on_its_way_;
    for (const Request& request : queue_) now.dropped += request.spans;
    return now;
}

void OtlpSender::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return stop_ || !queue_.empty(); });
        if (stop_) return;
        const Request request = std::move(queue_.front());
        queue_.pop_front();
        on_its_way_ = request.spans;
        deliver(request, lock);
        on_its_way_ = 0;
        changed_.notify_all();
    }
}

void OtlpSender::deliver(const Request& request, std::unique_lock<std::mutex>& lock) {
    const auto begin = std::chrono::steady_clock::now();
    for (milliseconds backoff = first_pause;; backoff = std::min(backoff * 2, longest_pause)) {
        lock.unlock();
        milliseconds pause = backoff;
        const Outcome outcome = post(request, pause);
        lock.lock();
        if (outcome == Outcome::taken) {
            figures_.sent += request.spans;
            return;
        }
        const bool too_late = std::chrono::steady_clock::now() - begin + pause > patience_for_one;
        if (outcome == Outcome::later && !too_late) changed_.wait_for(lock, pause, [&] { return stop_; });
        if (outcome == Outcome::refused || too_late || stop_) {
            figures_.dropped += request.spans;
            return;
        }
    }
}

OtlpSender::Outcome OtlpSender::post(const Request& request, milliseconds& pause) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle{curl_easy_init(), curl_easy_cleanup};
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers{
        curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all};
    CURL* const curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, address_.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore_answer);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // this is a thread
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, request_timeout_ms);
    const CURLcode failed = curl_easy_perform(curl);
    long status = 0;
    curl_off_t retry_after = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
    if (failed == CURLE_OK && status / 100 == 2) return Outcome::taken;
    const std::lock_guard lock(mutex_);
    figures_.trouble =
        failed == CURLE_OK ? fmt::format("it answered {}", status) : std::string(curl_easy_strerror(failed));
    if (failed == CURLE_OK && !is_passing(status)) return Outcome::refused;
    if (retry_after > 0) pause = std::min<milliseconds>(std::chrono::seconds(retry_after), longest_pause);
    return Outcome::later;
}

}  // namespace awaitscope::cli
