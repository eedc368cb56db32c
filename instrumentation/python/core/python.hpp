// SPDX-License-Identifier: MIT
#pragma once

// One extension module for every CPython from 3.8 on: the limited API, as it was then.
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x03080000
#include <Python.h>
#include <structmember.h>

#include <string>
#include <utility>

namespace awaitscope::python {

/// A reference of ours to a Python object, or none.
class Ref {
  public:
    Ref() = default;
    /// Takes over a new reference, as most of the C API gives; nullptr is none.
    explicit Ref(PyObject* owned) noexcept : object_(owned) {}
    static Ref share(PyObject* object) noexcept {
        Py_XINCREF(object);
        return Ref(object);
    }
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Ref& operator=(Ref&& other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    Ref(const Ref&) = delete;
    Ref& operator=(const Ref&) = delete;
    ~Ref() { Py_XDECREF(object_); }

    PyObject* get() const noexcept { return object_; }
    PyObject* release() noexcept { return std::exchange(object_, nullptr); }
    explicit operator bool() const noexcept { return object_ != nullptr; }

  private:
    PyObject* object_ = nullptr;
};

/// A Python exception is set; the adapter has met something it does not understand.
struct PythonError {};

/// What the C API gave, or PythonError.
inline Ref need(PyObject* owned) {
    if (!owned) throw PythonError{};
    return Ref(owned);
}

inline Ref attribute(PyObject* object, PyObject* name) {
    return need(PyObject_GetAttr(object, name));
}
/// The attribute, or none where there is none.
inline Ref attribute_or_none(PyObject* object, PyObject* name) {
    PyObject* const found = PyObject_GetAttr(object, name);
    if (!found) PyErr_Clear();
    return Ref(found);
}

/// Whether it is of this type, or of one derived from it; nullptr: no type, of which nothing is.
inline bool is_a(PyObject* object, PyObject* type) {
    return type && PyType_IsSubtype(Py_TYPE(object), reinterpret_cast<PyTypeObject*>(type));
}

/// A str as UTF-8, with what cannot be encoded replaced.
inline std::string text_of(PyObject* string) {
    const Ref bytes = need(PyUnicode_AsEncodedString(string, "utf-8", "replace"));
    char* data = nullptr;
    Py_ssize_t size = 0;
    if (PyBytes_AsStringAndSize(bytes.get(), &data, &size) != 0) throw PythonError{};
    return std::string(data, static_cast<std::size_t>(size));
}

}  // namespace awaitscope::python
