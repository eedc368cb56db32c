// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/course_progress.hpp"

#include <QCryptographicHash>
#include <QSettings>

namespace awaitscope::ui::course_progress {
namespace {

const char* const group = "course";

QString keyOf(const QString& scenario) {
    return QString("%1/%2").arg(group, scenario);
}

/// A short name for a text: settings' keys should not hold sentences.
QString digest(const std::string& text) {
    const auto bytes = QByteArrayView(text.data(), static_cast<qsizetype>(text.size()));
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex().left(12);
}

QString keyOf(const QString& scenario, const StoryStep& step) {
    return QString("%1/answers/%2").arg(keyOf(scenario), digest(step.question->ask));
}

}  // namespace

std::optional<std::size_t> answer(const QString& scenario, const StoryStep& step) {
    if (scenario.isEmpty() || !step.question) return std::nullopt;
    const QString given = QSettings().value(keyOf(scenario, step)).toString();
    const auto& answers = step.question->answers;
    for (std::size_t i = 0; i < answers.size() && !given.isEmpty(); ++i)
        if (digest(answers[i].text) == given) return i;
    return std::nullopt;
}

void remember(const QString& scenario, const StoryStep& step, std::size_t which) {
    if (!scenario.isEmpty()) QSettings().setValue(keyOf(scenario, step), digest(step.question->answers[which].text));
}

int openQuestions(const QString& scenario, const Story& story) {
    int open = 0;
    for (const StoryStep& step : story.steps) open += step.question && !answer(scenario, step) ? 1 : 0;
    return open;
}

bool seenToEnd(const QString& scenario) {
    return QSettings().value(keyOf(scenario) + "/seen").toBool();
}

void noteSeenToEnd(const QString& scenario) {
    if (!scenario.isEmpty()) QSettings().setValue(keyOf(scenario) + "/seen", true);
}

std::size_t step(const QString& scenario) {
    return QSettings().value(keyOf(scenario) + "/step").toULongLong();
}

void noteStep(const QString& scenario, std::size_t step) {
    if (!scenario.isEmpty()) QSettings().setValue(keyOf(scenario) + "/step", static_cast<qulonglong>(step));
}

// Not of the course's group: starting over forgets what was done, not how one likes it.
bool showsAll() {
    return QSettings().value("story/showsAll").toBool();
}

void setShowsAll(bool all) {
    QSettings().setValue("story/showsAll", all);
}

bool finished(const QString& scenario) {
    return QSettings().value(keyOf(scenario) + "/finished").toBool();
}

void finish(const QString& scenario) {
    if (!scenario.isEmpty()) QSettings().setValue(keyOf(scenario) + "/finished", true);
}

void forget(const QString& scenario) {
    QSettings().remove(keyOf(scenario));
}

void forgetAll() {
    QSettings().remove(group);
}

}  // namespace awaitscope::ui::course_progress
