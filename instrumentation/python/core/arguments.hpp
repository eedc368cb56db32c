// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "instrumentation/python/core/python.hpp"

// Beyond the limited API as it was in 3.8, but functions like any other, of 3.11 and 3.8: they spare the making of a
// tuple for each call.
extern "C" [[gnu::weak]] PyObject* PyObject_Vectorcall(PyObject* callable, PyObject* const* items, std::size_t count,
                                                       PyObject* names);
extern "C" [[gnu::weak]] PyObject* _PyFunction_Vectorcall(PyObject* callable, PyObject* const* items, std::size_t count,
                                                          PyObject* names);

namespace awaitscope::python {

/// A function of asyncio's was called in a way that is not known; what it does is not told.
struct MissingArgument {};

/// What a hook was called with, as a tuple and a dictionary or as the interpreter's array: `self` stands first for a
/// method. Lives as long as the call; what it gives is borrowed.
class Arguments {
  public:
    /// `keywords` may be nullptr.
    Arguments(PyObject* tuple, PyObject* keywords) : tuple_(tuple), keywords_(keywords), size_(PyTuple_Size(tuple)) {}
    /// As PEP 590 has it: the values of the keywords, whose names are a tuple or nullptr, stand behind the others.
    Arguments(PyObject* const* items, std::size_t count, PyObject* names)
        : items_(items), count_(count), names_(names), size_(static_cast<Py_ssize_t>(count & ~offset_flag)) {}

    /// Those without a name.
    Py_ssize_t size() const { return size_; }
    PyObject* operator[](Py_ssize_t i) const {
        if (i >= size_) throw MissingArgument{};
        return items_ ? items_[i] : PyTuple_GetItem(tuple_, i);
    }
    /// One that may be given by its name, too.
    PyObject* at(Py_ssize_t i, const char* name) const {
        PyObject* const named = i < size_ ? nullptr : keyword(name);
        return named ? named : (*this)[i];
    }
    /// nullptr where there is none.
    PyObject* keyword(const char* name) const;
    bool has_keywords() const { return (names_ ? PyTuple_Size(names_) : keywords_ ? PyDict_Size(keywords_) : 0) > 0; }

    /// Calls what was hooked.
    PyObject* call(PyObject* callable) const;
    /// The same with another object in place of one of the arguments, or of a keyword.
    PyObject* call_with(PyObject* callable, Py_ssize_t i, PyObject* replacement) const;
    PyObject* call_with(PyObject* callable, const char* keyword, PyObject* replacement) const;

  private:
    static constexpr std::size_t offset_flag = std::size_t{1} << (8 * sizeof(std::size_t) - 1);

    Ref as_tuple() const;
    Ref as_keywords() const;

    PyObject* tuple_ = nullptr;
    PyObject* keywords_ = nullptr;
    PyObject* const* items_ = nullptr;
    std::size_t count_ = 0;
    PyObject* names_ = nullptr;
    Py_ssize_t size_;
};

}  // namespace awaitscope::python
