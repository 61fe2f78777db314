#include "app/serve/problems.h"

#include <array>

namespace callmill::serve {
namespace {

struct Row {
  std::string_view code, english, chinese;  // {}: a word of the request's, at most one
};

constexpr std::array kTable = {
    // requests
    Row{"version", "HTTP/1.1 is spoken here", "这里只使用 HTTP/1.1"},
    Row{"target_length", "the path is too long", "路径过长"},
    Row{"target", "the request's target begins with /", "请求目标须以 / 开头"},
    Row{"target", "this path cannot be read", "无法读取该路径"},
    Row{"framing", "one Content-Length, or Transfer-Encoding: chunked",
        "只能有一个 Content-Length，或 Transfer-Encoding: chunked"},
    Row{"framing", "Content-Length is a number", "Content-Length 应为数字"},
    Row{"framing", "no Transfer-Encoding but chunked, and that in HTTP/1.1",
        "Transfer-Encoding 只能是 chunked，且须为 HTTP/1.1"},
    Row{"framing", "{} comes once", "{} 只能出现一次"},
    Row{"host_missing", "Host is missing", "缺少 Host"},
    Row{"expect", "nothing can be expected but 100-continue", "只能期望 100-continue"},
    Row{"header_limit", "the header is too large", "请求头过大"},
    Row{"body_limit", "the body is too large", "正文过大"},
    Row{"malformed", "this is not an HTTP request", "这不是 HTTP 请求"},
    Row{"timeout", "the request came too slowly", "请求到达过慢"},
    Row{"content_encoding", "bodies come as they are", "正文不得压缩"},
    Row{"no_body", "this request has no body", "该请求不带正文"},
    Row{"content_type", "Content-Type: application/json", "Content-Type 应为 application/json"},
    Row{"accept", "this is answered with {}", "这里的回应是 {}"},
    Row{"method", "this path takes {}", "该路径接受 {}"},
    Row{"path", "there is nothing under this path", "该路径下没有内容"},
    // who may
    Row{"host", "this server is not called that; see --host", "本服务器不叫这个名称；见 --host"},
    Row{"origin", "only this server's own page may ask", "只有本服务器自己的网页可以请求"},
    Row{"origin", "a stream is opened by this server's page, or with the token",
        "数据流须由本服务器的网页打开，或带令牌"},
    Row{"token", "Authorization: Bearer with the token of this start",
        "Authorization: Bearer 须带本次启动的令牌"},
    Row{"ticket", "a ticket of POST /api/v1/tickets, once and soon",
        "须用 POST /api/v1/tickets 的票据，一次有效且须及时"},
    Row{"upgrade", "this path is a WebSocket", "该路径是 WebSocket"},
    Row{"no_stream", "there is no such stream", "没有这个数据流"},
    Row{"tickets", "too many tickets are out; use them", "发出的票据过多；请先使用"},
    // the program
    Row{"internal", "something went wrong; the server's log knows more",
        "服务器出错；详情见其日志"},
    Row{"late", "no answer came in time", "未能及时得到回应"},
    Row{"stopping", "stopping", "正在停止"},
    Row{"no_page", "no page here (--no-web)", "这里没有网页（--no-web）"},
    // sessions
    Row{"no_session", "there is no such session", "没有这个会话"},
    Row{"busy", "the session has its hands full; ask again", "会话正忙；请稍后再试"},
    Row{"sessions", "there are as many sessions as there may be; end one first",
        "会话数已达上限；请先结束一个"},
    Row{"no_scenario", "there is no scenario \"{}\"", "没有场景“{}”"},
    Row{"not_json", "the body is a JSON object", "正文应为 JSON 对象"},
    Row{"after", "after is a whole number", "after 应为整数"},
    Row{"journal", "the journal cannot be read", "无法读取日志"},
    Row{"no_journal", "no journal is kept (--journal)", "没有日志（--journal）"},
    Row{"events", "this session fetches its events, or simulates (--follow http)",
        "该会话自行取得事件，或是仿真（--follow http）"},
};

constexpr std::string_view kGap = "{}";

}  // namespace

ProblemWords words_of(std::string_view sentence) {
  for (const Row& row : kTable) {
    const std::size_t gap = row.english.find(kGap);
    if (gap == std::string_view::npos) {
      if (row.english == sentence) return {std::string{row.code}, std::string{row.chinese}};
      continue;
    }
    const std::string_view before = row.english.substr(0, gap), after = row.english.substr(gap + 2);
    if (sentence.size() <= before.size() + after.size() || !sentence.starts_with(before) ||
        !sentence.ends_with(after))
      continue;
    std::string chinese{row.chinese};
    chinese.replace(chinese.find(kGap), kGap.size(),
                    sentence.substr(gap, sentence.size() - before.size() - after.size()));
    return {std::string{row.code}, std::move(chinese)};
  }
  return {"other", std::string{sentence}};
}

}  // namespace callmill::serve
