#pragma once
// Shared by the .cpp files of this folder only: bodies of requests, and what endpoints have in
// common.

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/sessions/live_api.h"

namespace callmill::live {

using Shared = std::shared_ptr<ApiContext>;

std::string ref(const std::string& name);  // {"$ref": "#/components/schemas/NAME"}
serve::Response text_response(int status, std::string text);
// 422, each error with its pointer, what was expected and the nearest.
serve::Response refused(const std::vector<CommandError>& errors);
serve::Response no_session();
std::optional<std::uint64_t> whole_number(std::string_view text);
// Work for the thread of the session that the path names, or why there is none.
void with_desk(const Shared& context, const serve::Request& request, const serve::Reply& reply,
               const std::function<serve::Response(Desk&, Lookout&)>& work);

void add_orders(serve::Api& api, const Shared& context);
void add_events(serve::Api& api, const Shared& context);

// A JSON object with known members. What is wrong is collected; values of what is wrong or missing
// are none.
class Body {
 public:
  Body(const std::string& text, const std::vector<std::string>& names);
  std::optional<std::string> text(const char* name);
  std::optional<bool> flag(const char* name);
  std::optional<double> number(const char* name);
  std::optional<std::int64_t> whole(const char* name, std::int64_t least, std::int64_t most);
  // 0.1 to 10000 or "max" (none). False: not said; `speed` is then as it was.
  bool speed(const char* name, std::optional<double>& speed);
  void step(ClockChange& change);
  std::vector<Command> commands(const char* name);
  std::vector<std::vector<Command>> lists_of_commands(const char* name, std::size_t most);

  void wrong(std::string pointer, std::string detail, std::string expected);
  bool good() const { return !malformed_ && errors_.empty(); }
  serve::Response problem() const;

 private:
  const boost::json::value* find(const char* name) const;
  std::vector<Command> commands_at(const std::string& pointer, const boost::json::value& value);
  boost::json::object object_;
  bool malformed_ = false;
  std::vector<CommandError> errors_;
};

}  // namespace callmill::live
