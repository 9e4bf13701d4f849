// sip_schema: prints js/engine/wire.ts.
#include <iostream>

#include "tools/schema/schema.h"

int main() {
  std::cout << sip::WriteSchema();
  return 0;
}
