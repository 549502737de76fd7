/** In place of what a plan would show. */
export const noPlan = `<p>A WebGPU device that grants the core limits and no more would refuse this network; the <a href="#findings">findings</a> say why.</p>`;
