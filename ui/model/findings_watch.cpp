// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/findings_watch.hpp"

#include <QSettings>
#include <algorithm>

#include "instrumentation/analysis/analyzer.hpp"
#include "instrumentation/source/source_time.hpp"
#include "ui/model/finding_words.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

constexpr const char* muted_key = "findings/muted";
/// Events between two breaths: about a millisecond's work.
constexpr EventIndex breath = 10'000;
/// After so many the views are told what there is so far.
constexpr EventIndex portion = 2'000'000;

ShownFinding shown(Finding finding, const Trace& trace, const PlaceWords& places) {
    ShownFinding made;
    made.what = sentenceText(finding.what, [&](PlaceId place) { return places.text(trace, place); });
    made.place = places.text(trace, finding.place);
    if (finding.after) made.place = FindingsWatch::tr("after %1").arg(made.place);
    QStringList frames;
    for (const PlaceId frame : finding.stack)
        frames += places.function(trace, frame) + ", " + places.text(trace, frame);
    made.stack = frames.join('\n');
    made.function = places.function(trace, finding.place);
    for (const TaskIndex task : finding.tasks) made.tasks.push_back({task, taskName(trace, task)});
    made.task = task_to_look_at(finding, trace);
    made.key = QString::fromStdString(finding_key(finding, trace));
    made.finding = std::move(finding);
    return made;
}

}  // namespace

struct FindingsWatch::Result {
    std::vector<ShownFinding> findings;
    double progress = 1;
    bool all = true;
};

FindingsWatch::FindingsWatch(TraceSession& session, QObject* parent)
    : QObject(parent),
      session_(session),
      analyzer_(std::make_shared<Analyzer>()),
      stop_(std::make_shared<std::atomic<bool>>(false)),
      muted_(QSettings().value(muted_key).toStringList()) {
    pause_.setSingleShot(true);
    connect(&pause_, &QTimer::timeout, this, &FindingsWatch::look);
    connect(&clock_, &QTimer::timeout, this, &FindingsWatch::lookLater);
    connect(&session_, &TraceSession::grown, this, &FindingsWatch::lookLater);
    connect(&session_, qOverload<QString>(&TraceSession::ended), this, [this] {
        clock_.stop();
        lookLater();
    });
    if (!session_.ended()) clock_.start(clock_ms);
    lookLater();
}

FindingsWatch::~FindingsWatch() {
    *stop_ = true;
}

void FindingsWatch::lookLater() {
    grown_ = true;
    if (job_.isBusy() || pause_.isActive()) return;
    const qint64 since = since_last_.isValid() ? since_last_.elapsed() : pause_ms;
    pause_.start(static_cast<int>(std::max<qint64>(0, pause_ms - since)));
}

void FindingsWatch::look() {
    grown_ = false;
    since_last_.start();
    const auto now = clock_now(session_.info());
    job_.start(
        [this, &session = session_, analyzer = analyzer_, stop = stop_, places = places_, now]() -> TraceJob::Deliver {
            Result result;
            {
                auto trace = session.trace();
                const EventIndex until = analyzer->walked() + portion;
                bool caught_up = false;
                while (!caught_up && analyzer->walked() < until && !*stop) {
                    caught_up = analyzer->advance(*trace, breath);
                    trace.breathe();
                }
                result.all = caught_up;
                const EventIndex count = trace->event_count();
                if (count > 0) result.progress = static_cast<double>(analyzer->walked()) / static_cast<double>(count);
                for (Finding& finding : analyzer->findings(*trace, caught_up ? now : std::nullopt))
                    result.findings.push_back(shown(std::move(finding), *trace, places));
            }
            return [this, result = std::move(result)]() mutable { take(std::move(result)); };
        });
}

void FindingsWatch::take(Result result) {
    findings_ = std::move(result.findings);
    progress_ = result.progress;
    if (!result.all)
        look();  // there is more of it
    else if (grown_)
        lookLater();
    emit changed();
}

void FindingsWatch::setPlaces(PlaceWords places) {
    if (places == places_) return;
    places_ = std::move(places);
    {
        const auto trace = session_.trace();
        for (ShownFinding& finding : findings_) finding = shown(std::move(finding.finding), *trace, places_);
    }
    emit changed();
    lookLater();  // what another thread is finding just now is told as before
}

void FindingsWatch::setMuted(const QString& key, bool muted) {
    if (muted_.contains(key) == muted) return;
    if (muted)
        muted_.append(key);
    else
        muted_.removeAll(key);
    QSettings().setValue(muted_key, muted_);
    emit changed();
}

void FindingsWatch::finish() {
    pause_.stop();
    job_.finish();
    do {
        look();
        job_.finish();
    } while (progress_ < 1);
}

}  // namespace awaitscope::ui
