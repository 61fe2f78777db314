#pragma once
// A request and its answer, as those who make answers see them: no sockets, no framing. What comes
// here has passed the guard (guard.h) and the limits (limits.h).

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace boost::json {
class object;
class value;
}  // namespace boost::json

namespace callmill::serve {

struct Request {
  std::string method;                        // HEAD arrives as GET
  std::string path;                          // decoded, without the query
  std::map<std::string, std::string> ids;    // what {name} in the endpoint's path stands for
  std::map<std::string, std::string> query;  // decoded; the last of each name
  std::string body;
  std::string if_none_match, accept_encoding;

  // nullptr where the query has no such name.
  const std::string* find_query(const std::string& name) const {
    const auto found = query.find(name);
    return found == query.end() ? nullptr : &found->second;
  }
};

struct Response {
  int status = 200;
  std::string type = "application/json";  // without it where the body is empty and status is 204
  // The body: bytes, kept alive by owner (nullptr: they live as long as the program).
  std::string_view bytes;
  std::shared_ptr<const std::string> owner;
  std::vector<std::pair<std::string, std::string>> headers;  // beside those that every answer has

  void set_body(std::string text);
  void set_body(std::shared_ptr<const std::string> text);
};

// May be called once, by any thread, at once or later; later calls are without effect, as are calls
// after the server has ended or has answered 504 by itself.
using Reply = std::function<void(Response)>;
// Called on the server's thread, so it may not wait for anything.
using Handler = std::function<void(const Request&, const Reply&)>;

std::string_view reason_phrase(int status);

Response json_response(int status, const boost::json::value& body);
// RFC 9457: application/problem+json, with code and Chinese (problems.h); and more members.
Response problem(int status, std::string_view detail);
Response problem(int status, std::string_view detail, const boost::json::object& more);

// "%E4%B8%AD" -> bytes. False where a % is not followed by two hexadecimal digits, or where the
// result has control characters or is not UTF-8.
bool decode_percent(std::string_view text, bool plus_is_space, std::string& out);
// Path and query of "/a/b?c=d"; false where either cannot be decoded or the path tries to climb.
bool split_target(std::string_view target, std::string& path,
                  std::map<std::string, std::string>& query);

}  // namespace callmill::serve
