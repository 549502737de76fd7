/** The version of mnet. A test holds it equal to that of package.json; it is a constant so that the bundle reads no file. */
export const version = "0.1.0";
