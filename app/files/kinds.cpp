#include "app/files/kinds.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <memory>

namespace callmill::files {
namespace {

// One sort of quantity: its words, its scalar forms, and how a text becomes a number and back.
struct Quantity {
  std::string words;
  std::vector<ScalarShape> shapes;
  std::function<std::optional<double>(const Node&, Reader&, Slip&)> parse;
  std::function<std::string(double, const Writer&)> print;
  bool text =
      false;  // printed in quotes, because it would read as something else to other YAML tools
};

ScalarShape text_shape(std::string pattern) {
  return {"string", std::move(pattern), {}, {}, {}, {}, {}};
}

ScalarShape bounded(std::string type, const Bounds& bounds) {
  ScalarShape shape{std::move(type), "", {}, {}, {}, {}, {}};
  if (std::isfinite(bounds.low)) (bounds.low_open ? shape.above : shape.minimum) = bounds.low;
  if (std::isfinite(bounds.high)) (bounds.high_open ? shape.below : shape.maximum) = bounds.high;
  return shape;
}

std::string limits_in_words(const Bounds& bounds, const std::function<std::string(double)>& print) {
  std::vector<std::string> words;
  if (std::isfinite(bounds.low))
    words.push_back((bounds.low_open ? "greater than " : "at least ") + print(bounds.low));
  if (std::isfinite(bounds.high))
    words.push_back((bounds.high_open ? "less than " : "at most ") + print(bounds.high));
  return words.empty() ? "" : words.size() == 1 ? words[0] : words[0] + " and " + words[1];
}

const World& no_world() {
  static const World world;
  return world;
}

Kind<double> quantity(Quantity q, Bounds bounds) {
  Shape shape;
  shape.words = q.words;
  shape.scalars = q.shapes;
  const auto print = [q](double value) { return q.print(value, Writer{no_world()}); };
  shape.limits = limits_in_words(bounds, print);
  return {shape,
          [q, bounds, shape](const Node& node, Reader& reader, double& value) {
            Slip slip{"type", "must be " + shape.words, ""};
            if (node.kind != Node::Kind::kScalar) return reader.wrong(node, slip), false;
            const std::optional<double> read = q.parse(node, reader, slip);
            if (!read) return reader.wrong(node, slip), false;
            if (!bounds.hold(*read))
              return reader.wrong(node, {"range", "must be " + shape.limits, ""}), false;
            value = *read;
            return true;
          },
          [q](const double& value, const Writer& writer) {
            return Node::scalar(q.print(value, writer), q.text);
          }};
}

constexpr Bounds kRates = between(0, 1e9);

// Numbers must stand without quotes: editors and other YAML tools would see a text.
std::optional<double> plain_number(const Node& node, Slip& slip) {
  const std::optional<double> value = parse_number(node.text);
  if (value && !node.quoted) return value;
  slip.code = "number";
  if (value) slip.help = fmt::format("write {} without quotes", node.text);
  std::string bare;
  for (const char c : node.text)
    if (c != ',' && c != '_' && c != '\'') bare += c;
  if (!value && parse_number(bare)) slip.help = fmt::format("write {}", bare);
  return std::nullopt;
}

Quantity seconds_quantity() {
  return {"a duration such as 20s, 1.5min or 1h30min",
          {text_shape(kDurationPattern)},
          [](const Node& node, Reader&, Slip& slip) { return parse_duration(node.text, slip); },
          [](double value, const Writer&) { return print_duration(value); }};
}

Kind<double> rate(double base_s, std::string_view unit) {
  return quantity({"a rate such as 120/h or 2/min",
                   {text_shape(kRatePattern)},
                   [base_s](const Node& node, Reader&, Slip& slip) {
                     return parse_rate(node.text, base_s, slip);
                   },
                   [suffix = std::string{unit}](double value, const Writer&) {
                     return print_number(value) + suffix;
                   }},
                  kRates);
}

}  // namespace

bool Bounds::hold(double value) const {
  return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
}

Kind<double> seconds(Bounds bounds) {
  return quantity(seconds_quantity(), bounds);
}

Kind<double> share_of(Bounds bounds) {
  return quantity({"a share such as 95% or 0.95",
                   {text_shape(kSharePattern), bounded("number", bounds)},
                   [bounds](const Node& node, Reader&, Slip& slip) -> std::optional<double> {
                     if (node.quoted && parse_number(node.text)) return plain_number(node, slip);
                     const std::optional<double> value = parse_share(node.text, slip);
                     if (value && *value > 1 && !bounds.hold(*value) && !node.text.ends_with('%')) {
                       slip = {"unit", "must be a share such as 95% or 0.95",
                               fmt::format("write {}%", node.text)};
                       return std::nullopt;
                     }
                     return value;
                   },
                   [](double value, const Writer&) { return print_share(value); }},
                  bounds);
}

Kind<double> number(Bounds bounds) {
  return quantity({"a number",
                   {bounded("number", bounds)},
                   [](const Node& node, Reader&, Slip& slip) { return plain_number(node, slip); },
                   [](double value, const Writer&) { return print_number(value); }},
                  bounds);
}

Kind<double> whole_number(Bounds bounds) {
  return quantity({"a whole number",
                   {bounded("integer", bounds)},
                   [](const Node& node, Reader&, Slip& slip) -> std::optional<double> {
                     const std::optional<double> value = plain_number(node, slip);
                     if (!value || *value == std::floor(*value)) return value;
                     slip.code = "number";
                     return std::nullopt;
                   },
                   [](double value, const Writer&) { return fmt::format("{:.0f}", value); }},
                  bounds);
}

Kind<double> money(std::string per) {
  const auto parse = [per](const Node& node, Reader& reader, Slip& slip) -> std::optional<double> {
    const std::optional<Money> money = parse_money(node.text, per, slip);
    if (!money) return std::nullopt;
    if (reader.currency.empty()) reader.currency = money->currency;
    if (reader.currency == money->currency) return money->amount;
    slip = {"currency", fmt::format("the amounts before are in {}", reader.currency),
            "use one currency in a scenario"};
    return std::nullopt;
  };
  const auto print = [per](double value, const Writer& writer) {
    return fmt::format("{} {}/{}", writer.world.currency, print_number(value), per);
  };
  return quantity(
      {"an amount such as CNY 45/" + per, {text_shape(money_pattern(per))}, parse, print},
      at_least(0));
}

Kind<double> per_hour() {
  return rate(3600, "/h");
}
Kind<double> per_second() {
  return rate(1, "/s");
}

Kind<SimDuration> duration(Bounds bounds) {
  return converted<SimDuration, double>(
      seconds(bounds), [](const double& v) { return from_seconds(v); },
      [](const SimDuration& v) { return to_seconds(v); });
}

Kind<SimDuration> time_of_day(Bounds bounds) {
  const Quantity q{
      "a time of day such as \"08:30\"",
      {text_shape(kTimePattern)},
      [](const Node& node, Reader&, Slip& slip) { return parse_time_of_day(node.text, slip); },
      [](double value, const Writer&) { return print_time_of_day(value); },
      true};
  return converted<SimDuration, double>(
      quantity(q, bounds), [](const double& v) { return from_seconds(v); },
      [](const SimDuration& v) { return to_seconds(v); });
}

Kind<Probability> share() {
  return converted<Probability, double>(
      share_of(between(0, 1)), [](const double& v) { return Probability{v}; },
      [](const Probability& v) { return v.value(); });
}

Kind<std::int64_t> count(std::int64_t low, std::int64_t high) {
  return converted<std::int64_t, double>(
      whole_number(between(static_cast<double>(low), static_cast<double>(high))),
      [](const double& v) { return static_cast<std::int64_t>(v); },
      [](const std::int64_t& v) { return static_cast<double>(v); });
}

Kind<std::uint64_t> seed_number() {
  Shape shape;
  shape.words = "a whole number from 0 to 18446744073709551615";
  shape.scalars = {bounded("integer", at_least(0))};
  return {
      shape,
      [shape](const Node& node, Reader& reader, std::uint64_t& value) {
        const char* begin = node.text.data();
        const char* end = begin + node.text.size();
        const auto [stop, error] = std::from_chars(begin, end, value);
        if (node.kind == Node::Kind::kScalar && !node.quoted && error == std::errc{} && stop == end)
          return true;
        reader.wrong(node, {"number", "must be " + shape.words, ""});
        return false;
      },
      [](const std::uint64_t& value, const Writer&) {
        return Node::scalar(fmt::format("{}", value));
      }};
}

Kind<std::string> text() {
  Shape shape;
  shape.words = "text";
  shape.scalars = {text_shape(""), {"number", "", {}, {}, {}, {}, {}}};
  return {shape,
          [](const Node& node, Reader& reader, std::string& value) {
            const bool is_bool = node.is_plain("true") || node.is_plain("false");
            if (node.kind != Node::Kind::kScalar || is_bool)
              return reader.wrong(node,
                                  {"type", "must be text", is_bool ? "put it in quotes" : ""}),
                     false;
            value = node.text;
            return true;
          },
          [](const std::string& value, const Writer&) { return Node::scalar(value, true); }};
}

Kind<bool> yes_no() {
  Shape shape;
  shape.words = "true or false";
  shape.scalars = {{"boolean", "", {}, {}, {}, {}, {}}};
  return {shape,
          [shape](const Node& node, Reader& reader, bool& value) {
            value = node.is_plain("true");
            if (value || node.is_plain("false")) return true;
            const bool yes = node.text == "yes" || node.text == "on" || node.text == "True" ||
                             node.text == "TRUE";
            const bool no = node.text == "no" || node.text == "off" || node.text == "False" ||
                            node.text == "FALSE";
            reader.wrong(node, {"choice", "must be true or false",
                                yes  ? "write true"
                                : no ? "write false"
                                     : ""});
            return false;
          },
          [](const bool& value, const Writer&) { return Node::scalar(value ? "true" : "false"); }};
}

Shape word_shape(const std::vector<std::string>& words) {
  Shape shape;
  shape.words = one_of(words);
  shape.scalars = {{"string", "", words, {}, {}, {}, {}}};
  return shape;
}

bool read_word(const Node& node, Reader& reader, const std::vector<std::string>& words,
               std::size_t& index) {
  for (index = 0; index < words.size(); ++index)
    if (node.kind == Node::Kind::kScalar && node.text == words[index]) return true;
  std::string help = node.kind == Node::Kind::kScalar ? did_you_mean(node.text, words) : "";
  if (help.starts_with("known")) help = "";  // the message lists them
  reader.wrong(node, {"choice", "must be " + one_of(words), help});
  return false;
}

Shape reference_shape(Section section) {
  Shape shape;
  shape.words = fmt::format("the name of a {}", section_noun(section));
  shape.scalars = {text_shape(""), {"integer", "", {}, {}, {}, {}, {}}};
  return shape;
}

bool read_reference(const Node& node, Reader& reader, Section section, std::size_t& index) {
  const std::vector<std::string>& names = reader.names(section);
  if (node.kind != Node::Kind::kScalar) {
    reader.wrong(node,
                 {"type", fmt::format("must be the name of a {}", section_noun(section)), ""});
    return false;
  }
  for (index = 0; index < names.size(); ++index)
    if (names[index] == node.text) return true;
  std::string help = did_you_mean(node.text, names);
  if (names.empty()) help = fmt::format("add it under {}", section_key(section));
  reader.wrong(node,
               {"unknown-name", fmt::format("no {} has this name", section_noun(section)), help});
  return false;
}

std::string name_of(const World& world, CallerTypeId id) {
  return world.caller_types.at(id.index()).name;
}
std::string name_of(const World& world, QueueId id) {
  return world.queues.at(id.index()).name;
}
std::string name_of(const World& world, MenuId id) {
  return world.menus.at(id.index()).name;
}
std::string name_of(const World& world, GroupId id) {
  return world.groups.at(id.index()).name;
}
std::string name_of(const World& world, TrunkGroupId id) {
  return world.trunks.at(id.index()).name;
}

bool expect_list(const Node& node, Reader& reader, const Shape& shape) {
  if (node.kind == Node::Kind::kList && !(shape.not_empty && node.items.empty())) return true;
  reader.wrong(node, {"type", "must be " + shape.words, ""});
  return false;
}

bool expect_map(const Node& node, Reader& reader, const Shape& shape) {
  if (node.is_map() && !(shape.not_empty && node.entries.empty())) return true;
  reader.wrong(node, {"type", "must be " + shape.words, ""});
  return false;
}

}  // namespace callmill::files
