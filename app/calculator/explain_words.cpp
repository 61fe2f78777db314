// The words that stand in the formulas of explanations.

#include <array>
#include <cctype>

#include "app/calculator/explain_parts.h"

namespace callmill::calculator {
namespace {

struct Word {
  std::string_view en, zh;
};
// Phrases before the words that they contain.
constexpr std::array kWords{
    Word{"the one fixed point: the shares are those of the steps below at these calls",
         "唯一不动点：各比例取以下各步在此呼叫量下的值"},
    Word{"by the same sums over one line less: who asks holds a line",
         "以少一条中继线的同样求和计算：要求人工者占用一条中继线"},
    Word{"each of k before is a stage of rate n / handle time + k / patience",
         "前面的第 k 人各为一个阶段，速率为 n / 处理时长 + k / 耐心时间"},
    Word{"answered within T / (answered + abandoned)", "T 秒内接通 / (接通 + 放弃)"},
    Word{"P(i = ports or i + j = lines)", "P(i = 端口数 或 i + j = 中继数)"},
    Word{"mean wait of those who give up", "放弃者平均等待"},
    Word{"mean wait of all", "全部来电平均等待"},
    Word{"waits longer than T", "等待超过 T"},
    Word{"answered within T of those who wait", "排队者 T 秒内接通"},
    Word{"share that asks for an agent", "转人工比例"},
    Word{"mean of min(T, patience)", "min(T, 耐心时间) 的均值"},
    Word{"mean of min(t, patience)", "min(t, 耐心时间) 的均值"},
    Word{"mean of patience up to T", "T 以内耐心时间的均值"},
    Word{"still there at T", "T 时仍在等待的比例"},
    Word{"the greatest q = 1", "最大的 q = 1"},
    Word{"of the chain that is solved", "由马尔可夫链求解"},
    Word{"as that of exponential handle times of the same mean", "取同均值指数处理时长的值"},
    Word{"variance of the wait, were handle times exponential", "处理时长为指数分布时等待的方差"},
    Word{"is the exact law of exponential handle times", "即指数处理时长的精确分布"},
    Word{"at once", "为瞬时值"},
    Word{"in the long run", "为长期值"},
    Word{"mean of e^", "均值：e^"},
    Word{"in the menu", "在菜单中"},
    Word{"integral from 0 to T of", "0 到 T 的积分："},
    Word{"integral of", "积分："},
    Word{"share that asks", "转人工比例"},
    Word{"sum over j <= lines of", "对 j <= 中继线数求和："},
    Word{"sum over j of", "对 j 求和："},
    Word{"sum of", "求和："},
    Word{"first calls", "首次来电"},
    Word{"handle time", "处理时长"},
    Word{"menu time", "菜单时长"},
    Word{"up to k", "直到 k"},
    Word{"dx over x > 0", "dx，x > 0"},
    Word{"answered", "接通"},
    Word{"abandoned", "放弃"},
    Word{"patience", "耐心时间"},
    Word{"calls", "来电率"},
    Word{"lines", "中继数"},
    Word{"lost", "呼损"},
    Word{"from", "自"},
    Word{"over", "经"},
    Word{"variance", "方差"},
    Word{"mean", "均值"},
    Word{"ports", "端口数"},
};

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

}  // namespace

std::string formula_in_chinese(std::string formula) {
  constexpr std::string_view kLines = " lines";  // so many of them: "over 14 lines"
  for (std::size_t at = 1; (at = formula.find(kLines, at)) != std::string::npos; ++at)
    if (std::isdigit(static_cast<unsigned char>(formula[at - 1])) != 0)
      formula.replace(at, kLines.size(), " 条中继线");
  for (const Word& word : kWords)
    for (std::size_t at = 0; (at = formula.find(word.en, at)) != std::string::npos;) {
      const std::size_t end = at + word.en.size();
      const bool whole = (at == 0 || !is_letter(formula[at - 1])) &&
                         (end == formula.size() || !is_letter(formula[end]));
      if (whole) formula.replace(at, word.en.size(), word.zh);
      at += whole ? word.zh.size() : 1;
    }
  // Commas and semicolons between formulas.
  for (const Word& mark : {Word{", ", "，"}, Word{"; ", "；"}})
    for (std::size_t at = 0; (at = formula.find(mark.en, at)) != std::string::npos;
         at += mark.zh.size()) {
      int depth = 0;  // of brackets: arguments keep their comma
      for (std::size_t i = 0; i < at; ++i)
        depth += formula[i] == '(' ? 1 : formula[i] == ')' ? -1 : 0;
      if (depth == 0) formula.replace(at, mark.en.size(), mark.zh);
    }
  return formula;
}

}  // namespace callmill::calculator
