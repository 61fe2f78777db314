#include "app/serve/http.h"

#include <boost/json.hpp>
#include <cctype>

#include "app/serve/problems.h"
#include "app/serve/utf8.h"

namespace callmill::serve {

void Response::set_body(std::string text) {
  set_body(std::make_shared<const std::string>(std::move(text)));
}

void Response::set_body(std::shared_ptr<const std::string> text) {
  owner = std::move(text);
  bytes = *owner;
}

std::string_view reason_phrase(int status) {
  static const std::map<int, std::string_view> kPhrases{{100, "Continue"},
                                                        {101, "Switching Protocols"},
                                                        {200, "OK"},
                                                        {201, "Created"},
                                                        {202, "Accepted"},
                                                        {204, "No Content"},
                                                        {304, "Not Modified"},
                                                        {400, "Bad Request"},
                                                        {401, "Unauthorized"},
                                                        {403, "Forbidden"},
                                                        {404, "Not Found"},
                                                        {405, "Method Not Allowed"},
                                                        {406, "Not Acceptable"},
                                                        {408, "Request Timeout"},
                                                        {409, "Conflict"},
                                                        {411, "Length Required"},
                                                        {413, "Content Too Large"},
                                                        {414, "URI Too Long"},
                                                        {415, "Unsupported Media Type"},
                                                        {417, "Expectation Failed"},
                                                        {421, "Misdirected Request"},
                                                        {422, "Unprocessable Content"},
                                                        {426, "Upgrade Required"},
                                                        {429, "Too Many Requests"},
                                                        {431, "Request Header Fields Too Large"},
                                                        {500, "Internal Server Error"},
                                                        {501, "Not Implemented"},
                                                        {503, "Service Unavailable"},
                                                        {504, "Gateway Timeout"},
                                                        {505, "HTTP Version Not Supported"}};
  const auto found = kPhrases.find(status);
  return found == kPhrases.end() ? "Unknown" : found->second;
}

Response json_response(int status, const boost::json::value& body) {
  Response response;
  response.status = status;
  response.set_body(boost::json::serialize(body));
  return response;
}

Response problem(int status, std::string_view detail) {
  return problem(status, detail, boost::json::object{});
}

Response problem(int status, std::string_view detail, const boost::json::object& more) {
  const ProblemWords words = words_of(detail);
  boost::json::object body{{"type", "about:blank"},
                           {"title", boost::json::string_view{reason_phrase(status).data(),
                                                              reason_phrase(status).size()}},
                           {"status", status},
                           {"detail", boost::json::string_view{detail.data(), detail.size()}},
                           {"detail_zh", words.chinese},
                           {"code", words.code}};
  for (const auto& member : more) body[member.key()] = member.value();
  Response response = json_response(status, body);
  response.type = "application/problem+json";
  return response;
}

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool decode_percent(std::string_view text, bool plus_is_space, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return false;
      c = static_cast<char>(16 * high + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) return false;
    out += c;
  }
  return is_utf8(out);
}

bool split_target(std::string_view target, std::string& path,
                  std::map<std::string, std::string>& query) {
  const std::size_t mark = target.find('?');
  const std::string_view raw = target.substr(0, mark);
  if (!raw.starts_with('/') || !decode_percent(raw, false, path)) return false;
  // Nothing is ever looked up by a path of the visitor's; what climbs is refused all the same.
  if (path.find("..") != std::string::npos || path.find('\\') != std::string::npos ||
      path.find("//") != std::string::npos)
    return false;
  query.clear();
  std::string_view rest = mark == std::string_view::npos ? "" : target.substr(mark + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::string name;
    std::string value;
    if (!decode_percent(pair.substr(0, equals), true, name) ||
        !decode_percent(pair.substr(std::min(equals + 1, pair.size())), true, value))
      return false;
    query[name] = value;
  }
  return true;
}

}  // namespace callmill::serve
