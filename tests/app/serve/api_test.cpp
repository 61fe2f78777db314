// The table of endpoints: routing and description are of the same rows.

#include "app/serve/api.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace callmill::serve {
namespace {

Endpoint row(const char* method, const char* path, const char* name) {
  Endpoint one{method, path, name, name};
  one.answers = {{200, "yes", R"({"type":"object"})"}};
  one.handler = [](const Request&, const Reply&) {};
  return one;
}

Api small() {
  Api api{"small", R"({"Thing":{"type":"object"}})"};
  api.add(row("GET", "/a", "listA"));
  Endpoint make = row("POST", "/a", "makeA");
  make.body = R"({"$ref":"#/components/schemas/Thing"})";
  api.add(make);
  api.add(row("GET", "/a/{id}", "getA"));
  api.add(row("DELETE", "/a/{id}", "endA"));
  api.add(row("GET", "/a/{id}/b/{other}", "getB"));
  api.add_description("/openapi.json");
  return api;
}

}  // namespace

TEST_CASE("Routing: paths with ids, methods, what is not there") {
  const Api api = small();
  const Found found = api.find("GET", "/a/x-1/b/Y_2");
  REQUIRE(found.endpoint != nullptr);
  CHECK(found.endpoint->name == "getB");
  CHECK(found.ids == std::map<std::string, std::string>{{"id", "x-1"}, {"other", "Y_2"}});
  CHECK(api.find("HEAD", "/a").endpoint->name == "listA");
  CHECK(api.find("POST", "/a").endpoint->name == "makeA");
  CHECK(api.find("PUT", "/a").endpoint == nullptr);
  CHECK(api.find("PUT", "/a").allow == "GET, HEAD, POST");
  CHECK(api.find("POST", "/a/x").allow == "GET, HEAD, DELETE");
  for (const char* none : {"/", "/a/", "/b", "/a/x/b", "/a/x/b/y/z", "/a/x.y", "/a/x y", "/A"}) {
    CHECK(api.find("GET", none).endpoint == nullptr);
    CHECK(api.find("GET", none).allow.empty());
  }
}

TEST_CASE("Description: every row, and nothing but the rows") {
  const Api api = small();
  const boost::json::value document = boost::json::parse(api.description());
  CHECK(document.at("openapi") == "3.1.0");
  std::size_t operations = 0;
  for (const auto& path : document.at("paths").as_object())
    operations += path.value().as_object().size();
  CHECK(operations == api.endpoints().size());
  for (const Endpoint& endpoint : api.endpoints()) {
    std::string method = endpoint.method;
    for (char& c : method) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const boost::json::value& one = document.at("paths").at(endpoint.path).at(method);
    CHECK(one.at("operationId").as_string() == endpoint.name.c_str());
    CHECK(one.as_object().contains("requestBody") == !endpoint.body.empty());
    CHECK(one.as_object().contains("security") == endpoint.token);
    CHECK(one.at("responses").as_object().contains("default"));
  }
  CHECK(document.at("paths").at("/a/{id}/b/{other}").at("get").at("parameters").as_array().size() ==
        2);
  CHECK(document.at("components").at("schemas").as_object().contains("Problem"));
  CHECK(document.at("components").at("schemas").as_object().contains("Thing"));
}

}  // namespace callmill::serve
