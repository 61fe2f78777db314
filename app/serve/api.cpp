#include "app/serve/api.h"

#include <algorithm>
#include <boost/json.hpp>

namespace callmill::serve {
namespace json = boost::json;
namespace {

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
             std::string_view::npos;
}

// Cuts the first segment off: "/a/b" -> "a", leaving "/b".
std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

json::value parsed(const std::string& text) {
  return json::parse(text);
}

json::object parameters_of(const Endpoint& endpoint) {
  json::array all;
  std::string_view path = endpoint.path;
  while (!path.empty()) {
    const std::string_view segment = next_segment(path);
    if (!segment.starts_with('{')) continue;
    all.push_back({{"name", std::string{segment.substr(1, segment.size() - 2)}},
                   {"in", "path"},
                   {"required", true},
                   {"schema", {{"type", "string"}, {"pattern", "^[A-Za-z0-9_-]{1,64}$"}}}});
  }
  for (const Query& one : endpoint.query)
    all.push_back({{"name", one.name},
                   {"in", "query"},
                   {"description", one.description},
                   {"schema", {{"type", "string"}}}});
  return all.empty() ? json::object{} : json::object{{"parameters", std::move(all)}};
}

json::object content(const std::string& type, const std::string& schema) {
  json::object media;
  if (!schema.empty()) media["schema"] = parsed(schema);
  return {{type, std::move(media)}};
}

json::object responses_of(const Endpoint& endpoint) {
  json::object all;
  for (const Answer& answer : endpoint.answers) {
    json::object one{{"description", answer.description}};
    if (answer.status != 204 && answer.status != 101)
      one["content"] = content(answer.type, answer.schema);
    all[std::to_string(answer.status)] = std::move(one);
  }
  all["default"] = {{"description", "What is wrong (RFC 9457)"},
                    {"content", content("application/problem+json",
                                        R"({"$ref":"#/components/schemas/Problem"})")}};
  return all;
}

json::object operation(const Endpoint& endpoint) {
  json::object one{{"operationId", endpoint.name}, {"summary", endpoint.summary}};
  for (auto& member : parameters_of(endpoint)) one[member.key()] = member.value();
  if (!endpoint.body.empty())
    one["requestBody"] = {{"required", true},
                          {"content", content("application/json", endpoint.body)}};
  one["responses"] = responses_of(endpoint);
  if (!endpoint.stream.empty())
    one["security"] = json::array{json::object{{"token", json::array{}}},
                                  json::object{{"ticket", json::array{}}}};
  else if (endpoint.token)
    one["security"] = json::array{json::object{{"token", json::array{}}}};
  return one;
}

}  // namespace

bool path_matches(std::string_view pattern, std::string_view path,
                  std::map<std::string, std::string>& ids) {
  ids.clear();
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = next_segment(pattern);
    const std::string_view given = next_segment(path);
    if (wanted.starts_with('{')) {
      if (!is_id(given)) return false;
      ids[std::string{wanted.substr(1, wanted.size() - 2)}] = given;
    } else if (wanted != given) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

void Api::set_fallback(Handler handler) {
  fallback_.method = "GET";
  fallback_.name = "assets";
  fallback_.token = false;
  fallback_.handler = std::move(handler);
}

void Api::add_description(const std::string& path) {
  Endpoint one{"GET", path, "openapi", "This description"};
  one.answers = {{200, "OpenAPI 3.1", R"({"type":"object"})"}};
  one.token = false;
  add(one);
  const auto text = std::make_shared<const std::string>(description());
  endpoints_.back().handler = [text](const Request&, const Reply& reply) {
    Response response;
    response.set_body(text);
    reply(std::move(response));
  };
}

Found Api::find(std::string_view method, std::string_view path) const {
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  Found found;
  for (const Endpoint& endpoint : endpoints_) {
    std::map<std::string, std::string> ids;
    if (!path_matches(endpoint.path, path, ids)) continue;
    if (endpoint.method == wanted && (method != "HEAD" || endpoint.stream.empty())) {
      found.endpoint = &endpoint;
      found.ids = std::move(ids);
      return found;
    }
    if (!found.allow.empty()) found.allow += ", ";
    found.allow += endpoint.method;
    if (endpoint.method == "GET" && endpoint.stream.empty()) found.allow += ", HEAD";
  }
  if (!found.allow.empty() || path.starts_with("/api/") || !fallback_.handler) return found;
  if (wanted == "GET")
    found.endpoint = &fallback_;
  else
    found.allow = "GET, HEAD";
  return found;
}

std::string Api::description() const {
  json::object paths;
  for (const Endpoint& endpoint : endpoints_) {
    std::string method = endpoint.method;
    std::transform(method.begin(), method.end(), method.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    json::value& path = paths[endpoint.path];
    if (path.is_null()) path = json::object{};
    path.get_object()[method] = operation(endpoint);
  }
  json::value schemas = parsed(schemas_);
  schemas.get_object()["Problem"] = {
      {"type", "object"},
      {"required", {"type", "title", "status", "detail"}},
      {"properties",
       {{"type", {{"type", "string"}}},
        {"title", {{"type", "string"}}},
        {"status", {{"type", "integer"}}},
        {"detail", {{"type", "string"}}},
        {"detail_zh", {{"type", "string"}}},
        {"code", {{"type", "string"}}},
        {"errors", {{"type", "array"}, {"items", {{"type", "object"}}}}}}}};
  const json::object document{
      {"openapi", "3.1.0"},
      {"info", {{"title", title_}, {"version", CALLMILL_VERSION}}},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", std::move(schemas)},
        {"securitySchemes",
         {{"token", {{"type", "http"}, {"scheme", "bearer"}}},
          {"ticket", {{"type", "apiKey"}, {"in", "query"}, {"name", "ticket"}}}}}}}};
  return json::serialize(document);
}

}  // namespace callmill::serve
