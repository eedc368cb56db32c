// SPDX-License-Identifier: MIT
#include "instrumentation/python/core/arguments.hpp"

#include "instrumentation/python/core/adapter.hpp"

namespace awaitscope::python {

PyObject* Arguments::keyword(const char* name) const {
    if (keywords_) return PyDict_GetItemString(keywords_, name);
    const Py_ssize_t count = names_ ? PyTuple_Size(names_) : 0;
    for (Py_ssize_t i = 0; i < count; ++i)
        if (PyUnicode_CompareWithASCIIString(PyTuple_GetItem(names_, i), name) == 0) return items_[size_ + i];
    return nullptr;
}

PyObject* Arguments::call(PyObject* callable) const {
    if (!items_) return PyObject_Call(callable, tuple_, keywords_);
    if (PyObject_Vectorcall) return PyObject_Vectorcall(callable, items_, count_, names_);
    if (_PyFunction_Vectorcall && Py_TYPE(callable) == types.function)
        return _PyFunction_Vectorcall(callable, items_, count_, names_);
    try {
        return PyObject_Call(callable, as_tuple().get(), as_keywords().get());
    } catch (const PythonError&) {
        return nullptr;
    }
}

PyObject* Arguments::call_with(PyObject* callable, Py_ssize_t index, PyObject* replacement) const {
    const Ref copy(PyTuple_New(size_));
    if (!copy) return nullptr;
    for (Py_ssize_t i = 0; i < size_; ++i)
        PyTuple_SetItem(copy.get(), i, Ref::share(i == index ? replacement : (*this)[i]).release());
    try {
        return PyObject_Call(callable, copy.get(), as_keywords().get());
    } catch (const PythonError&) {
        return nullptr;
    }
}

PyObject* Arguments::call_with(PyObject* callable, const char* keyword, PyObject* replacement) const {
    try {
        Ref keywords = as_keywords();
        keywords = need(keywords ? PyDict_Copy(keywords.get()) : PyDict_New());
        if (PyDict_SetItemString(keywords.get(), keyword, replacement) != 0) return nullptr;
        return PyObject_Call(callable, as_tuple().get(), keywords.get());
    } catch (const PythonError&) {
        return nullptr;
    }
}

Ref Arguments::as_tuple() const {
    if (tuple_) return Ref::share(tuple_);
    Ref made = need(PyTuple_New(size_));
    for (Py_ssize_t i = 0; i < size_; ++i) PyTuple_SetItem(made.get(), i, Ref::share(items_[i]).release());
    return made;
}

Ref Arguments::as_keywords() const {
    if (!names_) return Ref::share(keywords_);
    Ref made = need(PyDict_New());
    for (Py_ssize_t i = 0; i < PyTuple_Size(names_); ++i)
        if (PyDict_SetItem(made.get(), PyTuple_GetItem(names_, i), items_[size_ + i]) != 0) throw PythonError{};
    return made;
}

}  // namespace awaitscope::python
