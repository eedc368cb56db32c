// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_catalog.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <algorithm>

namespace awaitscope::ui {
namespace {

QString ifThere(const QString& path) {
    return QFile::exists(path) ? path : QString();
}

/// The story of a scenario's folder in this language, or else in English.
QString storyPath(const QDir& scenario, const QString& language) {
    const QString translated = scenario.filePath(QStringLiteral("story.%1.md").arg(language));
    return QFile::exists(translated) ? translated : scenario.filePath(QStringLiteral("story.md"));
}

}  // namespace

QString storyLanguage() {
    return QCoreApplication::translate("Story", "en",
                                       "The code of the language of this translation: stories are looked for in it");
}

std::vector<ScenarioEntry> scenarioCatalog(const QString& folder, QStringList* problems) {
    std::vector<ScenarioEntry> entries;
    const QDir root(folder);
    const QString language = storyLanguage();
    for (const QString& name : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QString path = storyPath(root.filePath(name), language);
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) continue;
        try {
            ScenarioEntry entry;
            entry.name = name;
            entry.story = Story::parse(file.readAll().toStdString(), path.toStdString());
            entry.twin = ifThere(root.filePath(name + "/twin.py"));
            if (!entry.story.program.empty())
                entry.program = ifThere(":/source/" + QString::fromStdString(entry.story.program));
            if (entry.program.isEmpty()) entry.program = ifThere(root.filePath(name + "/program.cpp"));
            entries.push_back(std::move(entry));
        } catch (const StoryError& error) {
            if (problems) *problems << QString::fromUtf8(error.what());
        }
    }
    std::ranges::stable_sort(entries, {}, [](const ScenarioEntry& entry) { return entry.story.order; });
    return entries;
}

std::optional<ScenarioEntry> scenarioNamed(const QString& name) {
    if (name.isEmpty()) return std::nullopt;
    for (ScenarioEntry& entry : scenarioCatalog())
        if (entry.name == name) return std::move(entry);
    return std::nullopt;
}

}  // namespace awaitscope::ui
