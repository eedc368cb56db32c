/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An event of ours, as LTTng-UST declares one: as many bytes beside its time. It reads this file several times. */
#undef LTTNG_UST_TRACEPOINT_PROVIDER
#define LTTNG_UST_TRACEPOINT_PROVIDER awaitscope_bench
#undef LTTNG_UST_TRACEPOINT_INCLUDE
#define LTTNG_UST_TRACEPOINT_INCLUDE "tests/bench/peers/lttng_events.h"

#if !defined(AWAITSCOPE_LTTNG_EVENTS_H) || defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)
#define AWAITSCOPE_LTTNG_EVENTS_H
#include <lttng/tracepoint.h>
#include <stdint.h>

LTTNG_UST_TRACEPOINT_EVENT(awaitscope_bench, event,
                           LTTNG_UST_TP_ARGS(uint64_t, head, uint64_t, a, uint32_t, b, uint32_t, c),
                           LTTNG_UST_TP_FIELDS(lttng_ust_field_integer(uint64_t, head, head)
                                                   lttng_ust_field_integer(uint64_t, a, a)
                                                       lttng_ust_field_integer(uint32_t, b, b)
                                                           lttng_ust_field_integer(uint32_t, c, c)))
#endif
#include <lttng/tracepoint-event.h>
