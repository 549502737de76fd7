import * as z from "zod";

// When zod first parses, it tries to generate code, and the policy of the page reports that as a violation. This
// setting turns it off. This file must be imported before any schema.
z.config({ jitless: true });
