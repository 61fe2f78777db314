#include "app/sessions/lookout.h"

#include <sys/resource.h>

#include <exception>
#include <utility>

namespace callmill::live {
namespace {

// Threads that a thread starts inherit this: the simulation and the server come first.
void step_back() {
  constexpr int kNice = 15;
  setpriority(PRIO_PROCESS, 0, kNice);
}

}  // namespace

struct Lookout::Job {
  Kind kind = Kind::kFutures;
  Question question;
  std::uint64_t version = 0;
  SimTime at;
  std::unique_ptr<LiveCentre> centre;  // holds the plan that seeds refer to
  std::shared_ptr<const Seeds> seeds;  // of a real centre; nullptr: of this one
  std::atomic<bool> cancel{false}, done{false};
  std::atomic<double> progress{0};
  Futures futures;
  Advice advice;
  std::string wrong;  // an exception's words
  double seconds = 0;
  std::thread thread;

  ~Job() {
    cancel = true;
    if (thread.joinable()) thread.join();
  }
};

Lookout::Lookout(LookoutOptions options, std::uint64_t seed)
    : options_{std::move(options)}, seed_{seed} {}

Lookout::~Lookout() = default;

void Lookout::ask_what_if(Question question) {
  if (job_ != nullptr && job_->kind != Kind::kAdvice) job_->cancel = true;
  what_if_ = std::move(question);
}

void Lookout::ask_advice(Question question) {
  if (job_ != nullptr && job_->kind != Kind::kWhatIf) job_->cancel = true;
  advice_ = std::move(question);
}

void Lookout::begin(Kind kind, const Desk& desk, Question question) {
  job_ = std::make_unique<Job>();
  Job& job = *job_;
  job.kind = kind;
  job.question = std::move(question);
  job.version = desk.version();
  job.at = desk.centre().now();
  job.centre = std::make_unique<LiveCentre>(desk.centre().fork());
  if (desk.shadow() != nullptr) job.seeds = desk.shadow()->seeds();
  ForkOptions fork;
  fork.seeds = job.seeds.get();
  fork.until = job.question.until;
  fork.paths = job.question.paths;
  fork.seed = seed_;
  fork.threads = options_.threads;
  job.thread = std::thread{[&job, fork, turn = options_.turn] {
    step_back();
    std::unique_lock<std::mutex> mine;
    if (turn != nullptr) mine = std::unique_lock{*turn, std::defer_lock};
    while (turn != nullptr && !job.cancel && !mine.try_lock())
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    const auto began = std::chrono::steady_clock::now();
    const auto progress = [&job](double share) { job.progress = share; };
    try {
      if (job.cancel) {
        job.futures.cancelled = job.advice.cancelled = true;
      } else if (job.kind == Kind::kAdvice) {
        job.advice = advise(*job.centre, job.question.proposals, fork, &job.cancel, progress);
      } else {
        std::vector<std::vector<Command>> alternatives;
        if (job.kind == Kind::kWhatIf) alternatives.push_back(job.question.with);
        job.futures = fork_ahead(*job.centre, alternatives, fork, &job.cancel, progress);
      }
    } catch (const std::exception& e) {
      job.wrong = e.what();
    }
    job.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    job.done = true;
  }};
}

void Lookout::show_progress(const Desk& desk) {
  if (job_->kind == Kind::kWhatIf)
    shown_.what_if = what_if_json(desk.centre(), job_->question.with,
                                  {job_->question.id, job_->progress, 0, nullptr});
  if (job_->kind == Kind::kAdvice)
    shown_.advice = advice_json(desk.centre(), {job_->question.id, job_->progress, 0, nullptr});
}

bool Lookout::finish(const Desk& desk, WallTime now) {
  Job& job = *job_;
  const bool cancelled = job.kind == Kind::kAdvice ? job.advice.cancelled : job.futures.cancelled;
  const bool good = job.wrong.empty() && !cancelled;
  if (good) {
    last_seconds_ = job.seconds;
    if (job.kind == Kind::kAdvice) {
      shown_.advice = advice_json(desk.centre(), {job.question.id, 1, job.seconds, &job.advice});
      answered_version_ = job.version;
    } else if (job.kind == Kind::kWhatIf) {
      shown_.what_if = what_if_json(desk.centre(), job.question.with,
                                    {job.question.id, 1, job.seconds, &job.futures});
      answered_version_ = job.version;
    } else {
      shown_.futures = bands_json(desk.centre(), job.futures.without, job.seconds);
      seen_version_ = job.version;
      seen_at_ = job.at;
    }
  }
  if (job.kind == Kind::kFutures) next_ = cancelled ? now : now + options_.every;
  job_.reset();
  return good;
}

bool Lookout::look(const Desk& desk, WallTime now) {
  bool changed = false;
  if (job_ != nullptr && job_->done) changed = finish(desk, now);
  // An answer about a centre that has been changed since would be read as one about this.
  if (job_ == nullptr && answered_version_ != desk.version() &&
      !(shown_.what_if.empty() && shown_.advice.empty())) {
    shown_.what_if.clear();
    shown_.advice.clear();
    changed = true;
  }
  if (job_ != nullptr) {
    // Futures of a centre that is no more are nobody's; a question was asked of its moment.
    if (job_->kind == Kind::kFutures && job_->version != desk.version()) job_->cancel = true;
    if (job_->kind == Kind::kFutures) return changed;
    show_progress(desk);
    return true;
  }
  if (what_if_) {
    begin(Kind::kWhatIf, desk, *std::exchange(what_if_, std::nullopt));
    show_progress(desk);
    return true;
  }
  if (advice_) {
    begin(Kind::kAdvice, desk, *std::exchange(advice_, std::nullopt));
    show_progress(desk);
    return true;
  }
  const bool news = seen_version_ != desk.version() || seen_at_ != desk.centre().now();
  if (options_.automatic && news && now >= next_ && !desk.ended())
    begin(Kind::kFutures, desk, {"", {}, {}, {}, options_.paths});
  return changed;
}

}  // namespace callmill::live
