// Nothing of the package's: only where the tools are.
import { dirname } from "node:path";

const root = dirname(dirname(import.meta.dirname));
export default { turbopack: { root }, outputFileTracingRoot: root };
