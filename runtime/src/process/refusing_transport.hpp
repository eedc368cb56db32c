// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "asyncio/errors.hpp"
#include "asyncio/transports.hpp"

namespace asyncio::detail {

/// A transport that can do nothing, and says so by RuntimeError: what goes one way only overrides its half.
class RefusingTransport : public Transport {
  public:
    bool is_reading() const override { refuse("is_reading"); }
    void pause_reading() override { refuse("pause_reading"); }
    void resume_reading() override { refuse("resume_reading"); }
    void write(std::string_view) override { refuse("write"); }
    bool can_write_eof() const override { refuse("can_write_eof"); }
    void write_eof() override { refuse("write_eof"); }
    void abort() override { refuse("abort"); }
    std::size_t get_write_buffer_size() const override { refuse("get_write_buffer_size"); }
    std::pair<std::size_t, std::size_t> get_write_buffer_limits() const override { refuse("get_write_buffer_limits"); }
    void set_write_buffer_limits(std::optional<std::size_t>, std::optional<std::size_t>) override {
        refuse("set_write_buffer_limits");
    }

  protected:
    /// What the error's text begins with: "a pipe for reading".
    virtual const char* what_it_is() const = 0;

  private:
    [[noreturn]] void refuse(const char* operation) const {
        throw RuntimeError(std::string(what_it_is()) + " has no " + operation + "()");
    }
};

}  // namespace asyncio::detail
