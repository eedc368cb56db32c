/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that forks: the child shares nothing until it is told to, and then in a session of its own. */
#include <awaitscope/awaitscope.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int status = 0;
    pid_t child;
    awaitscope_emitter* held;
    if (!awaitscope_enable("parent")) return 1;
    held = awaitscope_thread_emitter();
    awaitscope_mark(held, "parent");
    child = fork();
    if (child < 0) return 2;
    if (child == 0) {
        if (awaitscope_enabled() || awaitscope_thread_emitter()) _exit(3);
        awaitscope_mark(held, "the child, to nobody");
        if (!awaitscope_enable("child")) _exit(4);
        awaitscope_mark(awaitscope_thread_emitter(), "child");
        awaitscope_end_session();
        _exit(0);
    }
    if (waitpid(child, &status, 0) != child) return 5;
    awaitscope_mark(awaitscope_thread_emitter(), "parent again");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 6;
}
