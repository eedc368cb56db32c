// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/injections.hpp"

#include <QCoreApplication>

#include "instrumentation/source/python_adapter.hpp"
#include "instrumentation/source/python_injection.hpp"
#include "instrumentation/source/source_error.hpp"

namespace awaitscope::gui {
namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// Throws SourceError when it is none.
PythonProcess python_of(int pid) {
    if (auto python = find_python(pid)) return *python;
    throw SourceError("it is no Python program, or not any more");
}

}  // namespace

std::vector<ui::ProcessEntry> unprepared_entries() {
    std::vector<ui::ProcessEntry> entries;
    try {
        for (const PythonCandidate& python : unprepared_pythons()) {
            ui::ProcessEntry entry;
            entry.state = ui::ProcessEntry::State::unprepared;
            entry.pid = python.pid;
            entry.name = text(python.name);
            entry.command = text(python.command);
            entries.push_back(entry);
        }
    } catch (const SourceError&) {  // the list of sessions says it
    }
    return entries;
}

ui::InjectionOffer offer_injection(int pid) {
    ui::InjectionOffer offer;
    try {
        const PythonProcess python = python_of(pid);
        offer.program = text(python.name);
        offer.by_gdb = needs_gdb(python);
    } catch (const SourceError& error) {
        offer.problem = text(error.what());
    }
    return offer;
}

void Injections::start(int pid, std::function<void(QString)> done) {
    threads_.emplace_back([pid, done = std::move(done)] {
        QString error;
        try {
            make_visible(python_of(pid), python_adapter_folder());
        } catch (const std::exception& problem) {
            error = text(problem.what());
        }
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [done, error] { done(error); }, Qt::QueuedConnection);
    });
}

}  // namespace awaitscope::gui
