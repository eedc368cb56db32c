// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_finder.hpp"

#include <QFileInfo>

namespace awaitscope::ui {
namespace {

bool readable(const QString& path) {
    const QFileInfo info(path);
    return info.isFile() && info.isReadable();
}

}  // namespace

QString SourceFinder::find(const QString& recorded) const {
    if (recorded.isEmpty()) return {};
    if (QFileInfo(recorded).isAbsolute() && readable(recorded)) return recorded;
    for (const auto& [from, to] : exchanges_)
        if (recorded.startsWith(from) && readable(to + recorded.mid(from.size())))
            return to + recorded.mid(from.size());
    // Those built into the program lie under their path from the root of its tree, which is the recorded path's end.
    for (qsizetype slash = 0; slash >= 0; slash = recorded.indexOf('/', slash + 1)) {
        const QString end = recorded.mid(recorded[slash] == '/' ? slash + 1 : slash);
        if (readable(":/source/" + end)) return ":/source/" + end;
        if (slash == 0 && recorded[0] != '/' && recorded.indexOf('/') < 0) break;
    }
    return {};
}

void SourceFinder::learn(const QString& recorded, const QString& found) {
    qsizetype common = 0;
    while (common < recorded.size() && common < found.size() &&
           recorded[recorded.size() - 1 - common] == found[found.size() - 1 - common])
        ++common;
    exchanges_.emplace_back(recorded.chopped(common), found.chopped(common));
}

}  // namespace awaitscope::ui
