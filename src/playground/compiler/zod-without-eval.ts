import * as z from "zod";

// Zod looks whether it may write code as soon as it parses, and the page's policy reports the attempt. Imported before
// any schema.
z.config({ jitless: true });
