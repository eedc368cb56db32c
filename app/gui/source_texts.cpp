// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/source_texts.hpp"

#include <QFile>
#include <QFileInfo>
#include <map>
#include <mutex>

#include "instrumentation/source/definition_line.hpp"
#include "ui/panels/source_finder.hpp"

namespace awaitscope::gui {
namespace {

using Text = std::shared_ptr<const std::string>;

/// A recording names files as it likes: only ordinary ones of a sane size are read.
Text read(std::string_view name) {
    constexpr qint64 sane_size = 4 << 20;
    const QString path = ui::SourceFinder().find(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    if (path.isEmpty() || QFileInfo(path).size() > sane_size) return nullptr;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return nullptr;
    return std::make_shared<const std::string>(file.readAll().toStdString());
}

}  // namespace

void read_sources() {
    read_sources_with([](std::string_view name) {
        // The last few, as their places come.
        constexpr std::size_t kept_max = 64;
        static std::mutex mutex;
        static std::map<std::string, Text, std::less<>> kept;
        const std::lock_guard lock{mutex};
        if (const auto found = kept.find(name); found != kept.end()) return found->second;
        if (kept.size() >= kept_max) kept.clear();
        return kept.emplace(name, read(name)).first->second;
    });
}

}  // namespace awaitscope::gui
