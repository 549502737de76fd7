/** Equal to package.json's, which a test holds; a constant so that the bundle reads no file. */
export const version = "0.1.0";
