const SIDE = 256;

/** Draws a picture of many colours and shapes, for trying networks. */
export function builtinPicture(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser has no canvas to draw on.");
  const sky = context.createLinearGradient(0, 0, 0, SIDE);
  sky.addColorStop(0, "#2b6cb0");
  sky.addColorStop(0.6, "#f6d9a8");
  sky.addColorStop(1, "#3f6b3a");
  context.fillStyle = sky;
  context.fillRect(0, 0, SIDE, SIDE);
  for (let i = 0; i < 9; i++) {
    context.fillStyle = `hsl(${i * 40} 60% ${35 + 5 * (i % 4)}%)`;
    context.beginPath();
    context.arc(28 * i + 16, 150 + 30 * Math.sin(i), 8 + 3 * i, 0, 2 * Math.PI);
    context.fill();
  }
  return canvas;
}
