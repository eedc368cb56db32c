/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody else writes in C, with the installed header and library. */
#include <awaitscope/awaitscope.h>

int main(void) {
    awaitscope_emitter* emitter;
    if (awaitscope_thread_emitter() || !awaitscope_enable("a stranger")) return 1;
    emitter = awaitscope_thread_emitter();
    if (!emitter || AWAITSCOPE_HERE(emitter) == 0) return 2;
    awaitscope_mark(emitter, "hello");
    return awaitscope_abi_version() == AWAITSCOPE_ABI_VERSION ? 0 : 3;
}
