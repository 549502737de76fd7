import type { KernelConfig, Tensor } from "@tensorflow/tfjs";
import type { Tfjs } from "./conv-geometry.ts";
import { convFilterGradient, depthwiseFilterGradient, depthwiseInputGradient } from "./conv-gradients.ts";
import { type FastPath, pointwiseInputGradient, repeatedRow } from "./faster-kernels.ts";

const backendName = "wasm";

/** The names of the kernels that are registered. A second call finds these names and does nothing. */
const registered = new WeakSet<KernelConfig>();

/**
 * Lets tf.js's wasm backend train convolutional networks. It registers the three kernels that the backend lacks in 4.22,
 * `Conv2DBackpropFilter`, `DepthwiseConv2dNativeBackpropFilter` and `DepthwiseConv2dNativeBackpropInput`. It also makes two of its kernels,
 * `Conv2DBackpropInput` and `Tile`, faster for the cases that occur in training. All are composed of kernels of the backend, so the
 * arithmetic stays in WebAssembly. A second call changes nothing.
 *
 * @param tf the module that the model is built with; `@tensorflow/tfjs-backend-wasm` must have been imported
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

/** tf.js has one type for the inputs and attributes of all kernels. At run time each kernel gets its own. */
type Gradient<Inputs, Attributes> = (tf: Tfjs, inputs: Inputs, attributes: Attributes) => Tensor;
