// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Makes Boost.Asio's C++20 coroutines visible to Awaitscope. The program's sources stay as they are: this is the
/// header that Asio includes by itself where all of the program is compiled with
///
///     -DBOOST_ASIO_CUSTOM_HANDLER_TRACKING=<awaitscope/asio.hpp>
///
/// (CMake: link awaitscope::asio; pkg-config: awaitscope-asio), and linked to libawaitscope. Nothing is shared before
/// AWAITSCOPE=1 or awaitscope_enable() asks for it. The manual's page "Boost.Asio" tells what is seen.

#include <awaitscope/asio/coroutine.hpp>
#include <awaitscope/asio/handler_tracking.hpp>
#include <awaitscope/asio/poll.hpp>

// What Asio wants from a custom tracking: see boost/asio/detail/handler_tracking.hpp.

#define BOOST_ASIO_INHERIT_TRACKED_HANDLER : public ::awaitscope::asio::TrackedHandler
#define BOOST_ASIO_ALSO_INHERIT_TRACKED_HANDLER , public ::awaitscope::asio::TrackedHandler
#define BOOST_ASIO_HANDLER_TRACKING_INIT ::awaitscope_enable_from_environment()
// A task's place is the line of its co_await, which is known better than by this.
#define BOOST_ASIO_HANDLER_LOCATION(args) (void)0
#define BOOST_ASIO_HANDLER_CREATION(args) ::awaitscope::asio::created args
#define BOOST_ASIO_HANDLER_COMPLETION(args) ::awaitscope::asio::Completion tracked_completion args
#define BOOST_ASIO_HANDLER_INVOCATION_BEGIN(args) tracked_completion.invocation_begin args
#define BOOST_ASIO_HANDLER_INVOCATION_END tracked_completion.invocation_end()
#define BOOST_ASIO_HANDLER_OPERATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_REGISTRATION(args) ::awaitscope::asio::registered args
#define BOOST_ASIO_HANDLER_REACTOR_DEREGISTRATION(args) ::awaitscope::asio::deregistered args
#define BOOST_ASIO_HANDLER_REACTOR_READ_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_WRITE_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_ERROR_EVENT 0
// Which descriptors are ready is told with the operations that this lets go on.
#define BOOST_ASIO_HANDLER_REACTOR_EVENTS(args) (void)event_mask
#define BOOST_ASIO_HANDLER_REACTOR_OPERATION(args) ::awaitscope::asio::performed args
