// Nothing is simulated twice, whatever was asked of it before; a locked baseline stays what it was.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/app/cli/program.h"

namespace callmill::test {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

// A folder that is there as long as the test runs.
class Folder {
 public:
  Folder() : path_{fs::temp_directory_path() / ("callmill-cache-" + std::to_string(getpid()))} {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

Ran compare(const std::string& cache, const Arguments& more, const std::string& scenario = {}) {
  Arguments all{"compare", scenario.empty() ? small_scenario() : scenario,
                "-v",      "--progress",
                "none",    "--cache",
                cache};
  all.insert(all.end(), more.begin(), more.end());
  return callmill(all);
}

std::string text_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<fs::path> kept(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator{folder})
    if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

const Arguments kThree{"--set", "groups.座席一组.staff=3", "--reps", "20"};

Arguments three_and(const Arguments& more) {
  Arguments all = kThree;
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

TEST_CASE("Days that were simulated before are taken back, and change no byte") {
  const Folder folder;
  const std::string cache = folder.file("cache");
  const Ran first = compare(cache, kThree);
  REQUIRE(first.code == 0);
  CHECK_THAT(first.err, Contains("0 of 40 known from before"));
  const Ran again = compare(cache, kThree);
  CHECK_THAT(again.err, Contains("40 of 40 known from before"));
  CHECK(again.out == first.out);
  CHECK(compare("off", kThree).out == first.out);

  SECTION("another indicator, another statement, another confidence") {
    const Ran other =
        compare(cache, three_and({"--indicator", "abandon_rate", "--indicator",
                                  "occupancy@group:座席一组", "--json", "--confidence", "0.9"}));
    CHECK_THAT(other.err, Contains("40 of 40 known from before"));
    const Ran fresh =
        compare("off", three_and({"--indicator", "abandon_rate", "--indicator",
                                  "occupancy@group:座席一组", "--json", "--confidence", "0.9"}));
    CHECK(other.out == fresh.out);
  }
  SECTION("a further variant and more days: only these are simulated") {
    const Arguments more{
        "--set", "groups.座席一组.staff=3", "--set", "groups.座席一组.staff=4", "--reps", "30"};
    const Ran wider = compare(cache, more);
    CHECK_THAT(wider.err, Contains("40 of 90 known from before"));
    CHECK(wider.out == compare("off", more).out);
    CHECK_THAT(compare(cache, more).err, Contains("90 of 90 known from before"));
  }
  SECTION("an interval of the day is simulated once") {
    const Ran at_nine = compare(cache, three_and({"--indicator", "answer_rate@09:00"}));
    REQUIRE(at_nine.code == 0);
    CHECK_THAT(at_nine.err, Contains("0 of 40 known from before"));
    CHECK_THAT(compare(cache, three_and({"--indicator", "answer_rate@09:00"})).err,
               Contains("40 of 40 known from before"));
    CHECK_THAT(compare(cache, kThree).err, Contains("40 of 40 known from before"));
  }
  SECTION("a sweep and a comparison share their days; other seeds and designs have others") {
    const Ran sweep = callmill({"sweep", small_scenario(), "--vary", "groups.座席一组.staff=3,4",
                                "--reps", "20", "-v", "--progress", "none", "--cache", cache});
    REQUIRE(sweep.code == 0);
    CHECK_THAT(sweep.err, Contains("40 of 60 known from before"));
    CHECK_THAT(compare(cache, three_and({"--seed", "9"})).err, Contains("0 of 40 known"));
    CHECK_THAT(compare(cache, three_and({"--variance-reduction", "rqmc"})).err,
               Contains("0 of 40 known"));
    // Plain days need no luck, and have none to give.
    CHECK_THAT(compare(cache, three_and({"--variance-reduction", "none"})).err,
               Contains("40 of 40 known"));
  }
  SECTION("damaged files are as good as none") {
    const std::vector<fs::path> files = kept(cache);
    REQUIRE(files.size() == 2);
    const std::string whole = text_of(files[0]);
    for (const std::size_t cut : {std::size_t{0}, std::size_t{5}, whole.size() / 2}) {
      std::ofstream{files[0], std::ios::binary} << whole.substr(0, cut);
      const Ran mended = compare(cache, kThree);
      CHECK_THAT(mended.err, Contains("20 of 40 known from before"));
      CHECK(mended.out == first.out);
      CHECK(text_of(files[0]) == whole);
    }
    std::string flipped = whole;
    flipped[whole.size() / 3] ^= 1;
    std::ofstream{files[0], std::ios::binary} << flipped;
    CHECK_THAT(compare(cache, kThree).err, Contains("is damaged") && Contains("20 of 40 known"));
  }
}

TEST_CASE("Where no days can be kept, they are simulated") {
  const Folder folder;
  std::ofstream{folder.file("file")} << "a file, not a folder";
  const Ran ran = compare(folder.file("file"), kThree);
  CHECK(ran.code == 0);
  CHECK(ran.out == compare("off", kThree).out);
  // The folder is also named by the environment.
  const Ran named = callmill({"compare", small_scenario(), "--set", "groups.座席一组.staff=3",
                              "--reps", "10", "--progress", "none"},
                             "", {"CALLMILL_CACHE=" + folder.file("env"), "LC_ALL=C.UTF-8"});
  CHECK(named.code == 0);
  CHECK(kept(folder.file("env")).size() == 2);
}

TEST_CASE("A locked baseline is a scenario that stays what it was") {
  const Folder folder;
  const std::string locked = folder.file("locked.yaml");
  const Ran locking = compare("off", three_and({"--lock", locked, "--seed", "5"}));
  REQUIRE(locking.code == 0);
  const std::string text = text_of(locked);
  CHECK(callmill({"check", locked}).code == 0);

  SECTION("it is compared with, on its own days") {
    const Ran later = compare("off", {"--set", "groups.座席一组.staff=3"}, locked);
    REQUIRE(later.code == 0);
    const auto figures = [](const std::string& out) { return out.substr(out.find('\n')); };
    CHECK(figures(later.out) == figures(locking.out));
    CHECK(compare("off", {small_scenario()}, locked).code == 0);
    CHECK(compare("off", {"--set", "groups.座席一组.staff=3", "--reps", "30"}, locked).code == 0);
  }
  SECTION("changed, or on other days, it is refused") {
    const auto refused = [&](const Arguments& arguments, const char* why) {
      const Ran ran = compare("off", arguments, locked);
      CHECK(ran.code == 3);
      CHECK(ran.out.empty());
      CHECK_THAT(ran.err, Contains("error[locked]") && Contains(why));
    };
    refused(three_and({"--seed", "6"}), "the days of seed 5, not 6");
    refused(three_and({"--variance-reduction", "antithetic"}), "antithetic");
    std::string other = text;
    const std::size_t digit = other.rfind("# days ") + 7;
    other[digit] = other[digit] == '0' ? '1' : '0';
    std::ofstream{locked} << other;
    refused({"--set", "groups.座席一组.staff=3"}, "counts otherwise than when it was locked");
    std::ofstream{locked} << text.substr(0, text.rfind("# days"));
    refused({"--set", "groups.座席一组.staff=3"}, "of its 20 days");
    std::string longer = text;
    longer.replace(longer.find("name: "), 6, "name: x");
    std::ofstream{locked} << longer;
    refused({"--set", "groups.座席一组.staff=3"}, "the scenario was changed");
  }
  SECTION("nothing is written over") {
    const Ran refused = compare("off", three_and({"--lock", locked}));
    CHECK(refused.code == 3);
    CHECK_THAT(refused.err, Contains("is there already"));
    CHECK(text_of(locked) == text);
    CHECK(compare("off", three_and({"--lock", folder.file("")})).code == 3);
    CHECK(compare("off", three_and({"--lock", folder.file("locked.yaml/x.yaml")})).code == 7);
  }
}

}  // namespace callmill::test
