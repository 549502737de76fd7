/** Formats a fraction from 0 to 1 in percent: `12.3 %`. */
export function percent(share: number, decimals = 1): string {
  return `${(share * 100).toFixed(decimals)} %`;
}
