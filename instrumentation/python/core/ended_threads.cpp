// SPDX-License-Identifier: MIT
// Up to 3.13 an interpreter that ends calls pthread_exit() in whatever thread asks for the GIL, which unwinds that
// thread's stack. Our frames on it must not run their destructors: without the GIL there is no reference to give back.
// They are left as C's would be. (From 3.14 on CPython stops such threads where they are, for the same reason:
// https://github.com/python/cpython/issues/87135.)
#include <unwind.h>

/// What the compiler asks, for each frame with destructors or handlers, when a stack is unwound. The linker puts
/// `__wrap_` in place of the C++ library's, for this module only (--wrap).
extern "C" _Unwind_Reason_Code __real___gxx_personality_v0(int version, _Unwind_Action actions,
                                                           _Unwind_Exception_Class exception_class,
                                                           _Unwind_Exception* exception, _Unwind_Context* context);

extern "C" _Unwind_Reason_Code __wrap___gxx_personality_v0(int version, _Unwind_Action actions,
                                                           _Unwind_Exception_Class exception_class,
                                                           _Unwind_Exception* exception, _Unwind_Context* context) {
    if ((actions & _UA_FORCE_UNWIND) != 0) return _URC_CONTINUE_UNWIND;
    return __real___gxx_personality_v0(version, actions, exception_class, exception, context);
}
