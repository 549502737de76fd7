import * as z from "zod";

// Zod tries to write code when it first parses, and the policy of the page reports that as a violation. This file is imported
// before any schema.
z.config({ jitless: true });
