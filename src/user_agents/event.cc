#include "user_agents/event.h"

namespace sip {

std::unique_ptr<Event> EventQueue::Pop() {
  if (taken_ == events_.size()) return nullptr;
  std::unique_ptr<Event> event = std::move(events_[taken_++]);
  if (taken_ == events_.size()) {
    events_.clear();
    taken_ = 0;
  }
  return event;
}

}  // namespace sip
