import { seedCache } from "../compose-seeds.ts";

/** Run by hand after passages, words or guards have changed: `node --import tsx src/cli/seed-cache.ts`. */
await seedCache();
