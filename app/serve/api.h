#pragma once
// One table says what the server answers: each row is an endpoint with its path, the shape of its
// body and of its answers, and who answers. Routing and the OpenAPI description are made of the
// same rows, so neither can say what the other does not know.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/serve/http.h"

namespace boost::json {
class object;
}  // namespace boost::json

namespace callmill::serve {

struct Answer {
  int status = 200;
  std::string description;
  std::string schema{};  // JSON Schema as JSON text; empty: none is told
  std::string type = "application/json";
};

struct Query {
  std::string name, description;
};

struct Endpoint {
  std::string method;  // GET, POST, DELETE; HEAD comes with GET
  std::string path;    // "/api/v1/sessions/{id}": {name} is one segment of letters, digits, _ or -
  std::string name;    // operationId; also the label of its metrics
  std::string summary;
  std::vector<Answer> answers{};  // the first is the usual one; problems are added by themselves
  std::string body{};             // JSON Schema of the request's body as JSON text; empty: no body
  std::vector<Query> query{};
  bool token = true;
  bool page = false;  // for people: a link of another site may lead here
  std::string
      stream{};       // the {name} in the path that is the topic of a WebSocket; empty: plain HTTP
  Handler handler{};  // of a stream: none
};

// "/a/{id}/b" covers "/a/x1/b" with id = "x1".
bool path_matches(std::string_view pattern, std::string_view path,
                  std::map<std::string, std::string>& ids);

struct Found {
  const Endpoint* endpoint = nullptr;
  std::map<std::string, std::string> ids;
  std::string allow;  // methods of the path where it exists and the method does not: "GET, HEAD"
};

class Api {
 public:
  // `title` and `schemas` (components by name, one JSON object as text) are of the description.
  Api(std::string title, std::string schemas)
      : title_{std::move(title)}, schemas_{std::move(schemas)} {}
  void add(Endpoint endpoint) { endpoints_.push_back(std::move(endpoint)); }
  // Answers what no row covers under GET, e.g. the page's assets; not in the description.
  void set_fallback(Handler handler);
  // Takes what clients of a stream send as JSON objects beside {"type":"snapshot"}, at the rate and
  // size that Limits allow; on the server's thread. False: it is nothing, and the stream is closed.
  using Listener = std::function<bool(const std::string& topic, const boost::json::object& said)>;
  void set_listener(Listener listener) { listener_ = std::move(listener); }
  const Listener& listener() const { return listener_; }
  // GET `path` answers with description(); the last row to be added.
  void add_description(const std::string& path);

  Found find(std::string_view method, std::string_view path) const;
  const std::vector<Endpoint>& endpoints() const { return endpoints_; }
  // OpenAPI 3.1 as JSON text.
  std::string description() const;

 private:
  std::string title_, schemas_;
  std::vector<Endpoint> endpoints_;
  Endpoint fallback_;
  Listener listener_;
};

}  // namespace callmill::serve
