#include "app/serve/guard.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace callmill::serve {
namespace {

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

Refused refuse(int status, std::string reason, std::string detail) {
  return Refusal{status, std::move(reason), std::move(detail)};
}

}  // namespace

const std::string* Head::find(std::string_view name) const {
  const std::string wanted = lower(name);
  for (const HeaderLine& line : lines)
    if (lower(line.name) == wanted) return &line.value;
  return nullptr;
}

int Head::count(std::string_view name) const {
  const std::string wanted = lower(name);
  return static_cast<int>(std::count_if(lines.begin(), lines.end(), [&](const HeaderLine& line) {
    return lower(line.name) == wanted;
  }));
}

Refused check_framing(const Head& head, const Limits& limits) {
  if (head.version != 10 && head.version != 11)
    return refuse(505, "version", "HTTP/1.1 is spoken here");
  if (head.target.size() > limits.target_bytes)
    return refuse(414, "target", "the path is too long");
  if (!head.target.starts_with('/'))
    return refuse(400, "target", "the request's target begins with /");
  const int lengths = head.count("content-length");
  const int codings = head.count("transfer-encoding");
  if (lengths > 1 || codings > 1 || (lengths > 0 && codings > 0))
    return refuse(400, "framing", "one Content-Length, or Transfer-Encoding: chunked");
  if (lengths == 1 && !is_number(*head.find("content-length")))
    return refuse(400, "framing", "Content-Length is a number");
  if (codings == 1 && (head.version == 10 || lower(*head.find("transfer-encoding")) != "chunked"))
    return refuse(400, "framing", "no Transfer-Encoding but chunked, and that in HTTP/1.1");
  for (const char* once : {"host", "authorization", "content-type", "origin", "sec-fetch-site",
                           "content-encoding", "expect"})
    if (head.count(once) > 1) return refuse(400, "framing", std::string{once} + " comes once");
  if (head.find("host") == nullptr) return refuse(400, "host", "Host is missing");
  const std::string* expect = head.find("expect");
  if (expect != nullptr && lower(*expect) != "100-continue")
    return refuse(417, "expect", "nothing can be expected but 100-continue");
  return {};
}

bool equal_in_constant_time(std::string_view given, std::string_view secret) {
  unsigned different = given.size() == secret.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char other = secret.empty() ? '\0' : secret[i % secret.size()];
    different |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(other);
  }
  return different == 0;
}

Guard::Guard(std::vector<std::string> hosts, std::string token)
    : hosts_{std::move(hosts)}, token_{std::move(token)} {
  for (std::string& host : hosts_) {
    host = lower(host);
    origins_.push_back("http://" + host);
    origins_.push_back("https://" + host);  // behind a proxy that speaks TLS
  }
}

Refused Guard::check_place(const Head& head, bool page) const {
  const std::string* host = head.find("host");
  if (host == nullptr || !contains(hosts_, lower(*host)))
    return refuse(421, "host", "this server is not called that; see --host");
  const std::string* site = head.find("sec-fetch-site");
  if (site != nullptr && lower(*site) != "same-origin" && lower(*site) != "none") {
    const std::string* mode = head.find("sec-fetch-mode");
    const bool link = page && head.method == "GET" && mode != nullptr && *mode == "navigate";
    if (!link) return refuse(403, "sec_fetch_site", "only this server's own page may ask");
  }
  const std::string* origin = head.find("origin");
  if (origin != nullptr && !contains(origins_, lower(*origin)))
    return refuse(403, "origin", "only this server's own page may ask");
  return {};
}

bool Guard::has_token(const Head& head) const {
  const std::string* given = head.find("authorization");
  if (given == nullptr || token_.empty()) return false;
  constexpr std::string_view kScheme = "bearer ";
  if (lower(given->substr(0, kScheme.size())) != kScheme) return false;
  return equal_in_constant_time(trimmed(std::string_view{*given}.substr(kScheme.size())), token_);
}

Refused Guard::check_stream(const Head& head) const {
  if (head.find("origin") == nullptr && !has_token(head))
    return refuse(403, "origin", "a stream is opened by this server's page, or with the token");
  return {};
}

std::vector<std::string> allowed_hosts(const std::string& address, std::uint16_t port,
                                       const std::vector<std::string>& more) {
  std::vector<std::string> names{"127.0.0.1", "localhost", "[::1]"};
  const bool any = address.empty() || address == "0.0.0.0" || address == "::";
  if (!any && !contains(names, address))
    names.push_back(address.find(':') == std::string::npos ? address : "[" + address + "]");
  std::vector<std::string> hosts;
  for (const std::string& name : names) {
    hosts.push_back(name + ":" + std::to_string(port));
    if (port == 80) hosts.push_back(name);
  }
  for (const std::string& name : more) {
    hosts.push_back(name);
    if (name.find(':') == std::string::npos) hosts.push_back(name + ":" + std::to_string(port));
  }
  return hosts;
}

bool accepts(std::string_view accept, std::string_view type) {
  if (trimmed(accept).empty()) return true;
  const std::string kind{type.substr(0, type.find(';'))};
  const std::string group = kind.substr(0, kind.find('/')) + "/*";
  while (!accept.empty()) {
    const std::string_view one = accept.substr(0, accept.find(','));
    accept.remove_prefix(std::min(one.size() + 1, accept.size()));
    const std::string range = lower(trimmed(one.substr(0, one.find(';'))));
    if (range != "*/*" && range != kind && range != group) continue;
    const std::size_t quality = one.find("q=");
    const std::string_view q =
        quality == std::string_view::npos ? "1" : trimmed(one.substr(quality + 2));
    if (q.find_first_not_of("0.") != std::string_view::npos) return true;
  }
  return false;
}

bool is_json_type(std::string_view content_type) {
  const std::size_t semicolon = std::min(content_type.find(';'), content_type.size());
  const std::string type{lower(trimmed(content_type.substr(0, semicolon)))};
  if (type != "application/json" && type != "application/x-ndjson") return false;
  const std::string rest{
      lower(trimmed(content_type.substr(std::min(semicolon + 1, content_type.size()))))};
  return rest.empty() || rest == "charset=utf-8" || rest == "charset=\"utf-8\"";
}

}  // namespace callmill::serve
