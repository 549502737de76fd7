import type { KernelConfig, Tensor } from "@tensorflow/tfjs";
import type { Tfjs } from "./conv-geometry.ts";
import { convFilterGradient, depthwiseFilterGradient, depthwiseInputGradient } from "./conv-gradients.ts";
import { type FastPath, pointwiseInputGradient, repeatedRow } from "./faster-kernels.ts";

const backendName = "wasm";

/** What was registered here, so that a second call finds it. */
const registered = new WeakSet<KernelConfig>();

/**
 * Lets tf.js's wasm backend train convolutional networks. It registers the three kernels that the backend lacks in 4.22,
 * `Conv2DBackpropFilter`, `DepthwiseConv2dNativeBackpropFilter` and `DepthwiseConv2dNativeBackpropInput`, and gives two that it has,
 * `Conv2DBackpropInput` and `Tile`, a faster way for the cases that training meets. All are composed of kernels that the
 * backend has, so the arithmetic stays in WebAssembly. `tf` is the module that the model is built with, and
 * `@tensorflow/tfjs-backend-wasm` must have been imported. Calling it again changes nothing.
 */
export function registerWasmGradients(tf: Tfjs): void {
  const kernels = new Map(tf.getKernelsForBackend(backendName).map((config) => [config.kernelName, config]));
  if (kernels.size === 0) {
    throw new Error("tf.js has no wasm backend: import @tensorflow/tfjs-backend-wasm before registerWasmGradients.");
  }
  const register = (config: KernelConfig) => {
    tf.registerKernel(config);
    registered.add(config);
  };
  const complete = <Inputs, Attributes>(kernelName: string, gradient: Gradient<Inputs, Attributes>) => {
    if (kernels.has(kernelName)) return;
    register({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) => gradient(tf, inputs as unknown as Inputs, attrs as unknown as Attributes),
    });
  };
  const speedUp = (kernelName: string, fastPath: FastPath) => {
    const own = kernels.get(kernelName);
    if (own === undefined || registered.has(own)) return;
    tf.unregisterKernel(kernelName, backendName);
    register({ ...own, kernelFunc: (params) => fastPath(tf, params) ?? own.kernelFunc(params) });
  };
  complete("Conv2DBackpropFilter", convFilterGradient);
  complete("DepthwiseConv2dNativeBackpropFilter", depthwiseFilterGradient);
  complete("DepthwiseConv2dNativeBackpropInput", depthwiseInputGradient);
  speedUp("Conv2DBackpropInput", pointwiseInputGradient);
  speedUp("Tile", repeatedRow);
}

/** tf.js types the inputs and attributes of all kernels alike; each gets those of its own name. */
type Gradient<Inputs, Attributes> = (tf: Tfjs, inputs: Inputs, attributes: Attributes) => Tensor;
