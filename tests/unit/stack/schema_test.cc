#include "tools/schema/schema.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace sip {
namespace {

TEST(Schema, TypeScriptKnowsTheCommandsAndEventsOfThisCore) {
  std::ifstream file(SIP_TEST_DIR "/../js/engine/wire.ts");
  const std::string committed(std::istreambuf_iterator<char>(file), {});
  EXPECT_EQ(committed, WriteSchema()) << "js/engine/wire.ts is out of date: npm run generate";
}

}  // namespace
}  // namespace sip
