/** In a shorter name, another letter usually makes another family, as in regnet and resnet. */
const longEnough = 8;

/**
 * Returns the known family that a name is a plain misspelling of; null if there is none. Many families differ by a letter or a digit more
 * (resnext, res2net), or by how they begin (xception, nasnet), so few differences count as slips: other separators or capitals, neighbours
 * swapped, an inner letter dropped or doubled, and in a long name one letter replaced.
 */
export function misspeltFamily(name: string, known: readonly string[]): string | null {
  return known.find((family) => isSlip(name.toLowerCase(), family)) ?? null;
}

function isSlip(name: string, family: string): boolean {
  if (joined(name) === joined(family)) return true;
  let at = 0;
  while (at < name.length && name[at] === family[at]) at++;
  // The family goes on where the name ends.
  if (at === name.length) return false;
  const [rest, wanted] = [name.slice(at), family.slice(at)];
  const isLetter = (text: string) => /^[a-z]/.test(text);
  if (at === 0 || !isLetter(rest) || !isLetter(wanted)) return doubled(name, at) && rest.slice(1) === wanted;
  if (rest.slice(1) === wanted) return doubled(name, at);
  if (rest === wanted.slice(1)) return family.length > 5;
  if (rest.length !== wanted.length) return false;
  if (rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2)) return true;
  return family.length >= longEnough && rest.slice(1) === wanted.slice(1);
}

/** True if a letter repeats the one before it. */
function doubled(name: string, at: number): boolean {
  return at > 0 && /^[a-z]/.test(name.slice(at)) && name[at] === name[at - 1];
}

function joined(name: string): string {
  return name.replaceAll(/[-_. ]/g, "");
}
