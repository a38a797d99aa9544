// Run the checks of the tree under Node and print what went wrong as JSON.

import { checkNodes } from "./nodes.mjs";

process.stdout.write(JSON.stringify(checkNodes()));
