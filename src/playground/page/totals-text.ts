import { counted } from "../../text/counted.ts";
import { grouped } from "../../text/grouped.ts";
import type { Analysis } from "../compiler/requests.ts";

/** Returns the totals of the network in one line, or the reason why there are none. */
export function totalsText({ totals, network, diagnostics }: Analysis): string {
  if (totals !== null) {
    const { params, macs, residuals } = totals;
    const parts = [`${grouped(params)} parameters`, `${grouped(macs)} multiply-adds`];
    if (residuals > 0) parts.push(counted(residuals, "residual", grouped));
    return parts.join(" · ");
  }
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (network === null) return "The spec declares no network";
  return `${network} does not compile: ${counted(errors, "error")}`;
}
