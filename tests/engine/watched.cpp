#include "tests/engine/watched.h"

namespace callmill {

template class Flow<Watcher>;

}  // namespace callmill
