#pragma once
// Our own bugs: CALLMILL_CHECK is always on; CALLMILL_DCHECK only in debug builds (hot loops).
// Bad input goes to base/diagnostic.h, never here.

namespace callmill {

[[noreturn]] void check_failed(const char* condition, const char* message, const char* file,
                               int line);

}  // namespace callmill

#define CALLMILL_CHECK(condition, message)                               \
  do {                                                                   \
    if (!(condition)) [[unlikely]]                                       \
      ::callmill::check_failed(#condition, message, __FILE__, __LINE__); \
  } while (false)

#ifdef _GLIBCXX_ASSERTIONS  // the dev preset defines it
#define CALLMILL_DCHECK(condition, message) CALLMILL_CHECK(condition, message)
#else
#define CALLMILL_DCHECK(condition, message) \
  do {                                      \
  } while (false)
#endif
