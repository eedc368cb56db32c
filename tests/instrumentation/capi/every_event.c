/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A runtime of somebody else's, in C: says each thing there is to say, once. */
#include <awaitscope/awaitscope.h>

static void about_tasks(awaitscope_emitter* e, awaitscope_loop loop, awaitscope_id main_task, awaitscope_id child) {
    const awaitscope_place definition = awaitscope_intern_place(e, "/src/app.c", 10, "main");
    const awaitscope_place worker = awaitscope_literal_place(e, "/src/app.c", 20, "struct coro *worker(int)");
    const awaitscope_place line = awaitscope_literal_place(e, "/src/app.c", 24, "worker");
    const awaitscope_id future = awaitscope_new_id();
    awaitscope_task_created(e, loop, main_task, "Task-7", definition, 0);
    awaitscope_task_running(e, loop, main_task);
    awaitscope_task_renamed(e, loop, main_task, "Task-7");
    awaitscope_task_created(e, loop, child, "fetch \xc3\xa9", worker, main_task);
    awaitscope_coroutine_entered(e, loop, main_task, worker, 1);
    awaitscope_coroutine_left(e, loop, main_task, 1);
    awaitscope_stack(e, loop, main_task, 0, worker, 150000000);
    awaitscope_future_created(e, loop, main_task, future);
    awaitscope_task_cancel_requested(e, loop, child, main_task);
    awaitscope_task_at(e, loop, main_task, line);
    awaitscope_output(e, "in a task");
    awaitscope_task_suspended(e, loop, main_task, AWAITSCOPE_WAIT_FUTURE, future, line);
    awaitscope_mark(e, "in none");
    awaitscope_task_running(e, loop, child);
    awaitscope_future_done(e, loop, child, future, AWAITSCOPE_CANCELLED);
    awaitscope_task_ready(e, loop, main_task, child);
    awaitscope_task_done(e, loop, child, AWAITSCOPE_FAILED, "ValueError: no");
}

static void about_the_rest(awaitscope_emitter* e, awaitscope_loop loop, awaitscope_id task) {
    awaitscope_callback_scheduled(e, loop, task, 901);
    awaitscope_callback_run(e, loop, 901, 5000000000);
    awaitscope_callback_cancelled(e, loop, task, 902);
    awaitscope_timer_set(e, loop, task, 903, 9000000000);
    awaitscope_timer_fired(e, loop, 903);
    awaitscope_timer_cancelled(e, loop, task, 904);
    awaitscope_io_wait(e, loop, task, 5, AWAITSCOPE_WRITE);
    awaitscope_io_ready(e, loop, 5, AWAITSCOPE_READ);
    awaitscope_io_unwatched(e, loop, 5, AWAITSCOPE_WRITE);
    awaitscope_io_read(e, loop, task, 5, 5000000000);
    awaitscope_io_write(e, loop, task, 5, 12);
    awaitscope_connection_made(e, loop, task, 5, "127.0.0.1:80");
    awaitscope_connection_lost(e, loop, task, 5);
    awaitscope_sync_created(e, loop, task, 905, AWAITSCOPE_LOCK, "account");
    awaitscope_sync_wait(e, loop, task, 905, AWAITSCOPE_LOCK);
    awaitscope_sync_acquired(e, loop, task, 905, AWAITSCOPE_LOCK);
    awaitscope_sync_released(e, loop, task, 905, AWAITSCOPE_LOCK);
    awaitscope_queue_put(e, loop, task, 906, 1, 3);
    awaitscope_queue_get(e, loop, task, 906, 0, 3);
    awaitscope_thread_submitted(e, loop, task, 907);
    awaitscope_thread_done(e, loop, 907, 3000000000u);
    awaitscope_process_started(e, loop, task, 4711);
    awaitscope_process_exited(e, loop, 4711, -9);
    awaitscope_signal(e, loop, 15);
    awaitscope_warning(e, loop, task, AWAITSCOPE_SLOW_CALLBACK, "slow");
}

int main(void) {
    awaitscope_loop loop;
    awaitscope_emitter* e;
    awaitscope_id main_task;
    /* Off, everything may be said, and nothing happens. */
    if (awaitscope_enabled() || awaitscope_thread_emitter()) return 1;
    if (awaitscope_intern_place(NULL, "a.c", 1, "f") != 0 || awaitscope_snapshot_wanted(NULL)) return 2;
    about_tasks(NULL, 1, 1, 2);
    about_the_rest(NULL, 1, 1);
    if (awaitscope_abi_version() < AWAITSCOPE_ABI_VERSION) return 3;

    loop = awaitscope_new_loop(); /* AWAITSCOPE=1: on */
    e = awaitscope_thread_emitter();
    if (!awaitscope_enabled() || !e || loop != 1) return 4;
    awaitscope_set_virtual_time(e, 0);
    main_task = awaitscope_new_id();
    awaitscope_loop_started(e, loop, "a loop in C");
    awaitscope_poll(e, loop, -1, 1500000000, 2);
    awaitscope_poll(e, loop, 250000, 0, 0);
    awaitscope_iteration(e, loop, 1, 2, 3, 1);
    about_tasks(e, loop, main_task, awaitscope_new_id());
    about_the_rest(e, loop, main_task);
    awaitscope_warning(e, loop, 0, AWAITSCOPE_OTHER_WARNING, NULL);

    /* Off and on again: the same session, which asks what is alive. */
    awaitscope_snapshot_wanted(e);
    awaitscope_disable();
    if (awaitscope_enabled() || awaitscope_thread_emitter()) return 5;
    awaitscope_mark(awaitscope_thread_emitter(), "not to be seen");
    if (!awaitscope_enable("ignored") || awaitscope_thread_emitter() != e) return 6;
    if (!awaitscope_snapshot_wanted(e) || awaitscope_snapshot_wanted(e)) return 7;
    awaitscope_snapshot_begin(e, loop, 1);
    awaitscope_task_alive(e, loop, main_task, "Task-7", AWAITSCOPE_HERE(e), 0);
    awaitscope_task_ready(e, loop, main_task, 0);
    awaitscope_snapshot_end(e, loop, 1);
    awaitscope_leave_virtual_time(e);
    awaitscope_loop_stopped(e, loop);
    return 0;
}
