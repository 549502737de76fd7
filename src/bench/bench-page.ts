/** The page of `mnet bench --browser`. Its script puts the functions of a host on `globalThis.bench`. */
export const benchPage = `<!doctype html>
<title>mnet bench</title>
<link rel="icon" href="data:," />
<script src="tfjs/tf.min.js"></script>
<script src="tfjs-webgpu/tf-backend-webgpu.min.js"></script>
<script type="module" src="bench.js"></script>`;
