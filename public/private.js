// Loads the private module of a build that is split in two. wasm_split writes calls to the function below
// into the first module; the two share their memory and their table of functions.
const PRIVATE = new URL('./naast_private.wasm', import.meta.url);

let shared;
let loading;

// Receives the exports of the first module.
export function connect(exports) {
  shared = exports;
}

// Fetches and instantiates the module once, and calls the function `callback` of the table with `data`
// and whether that succeeded.
export function __wasm_split_load_private(callback, data) {
  // Not `instantiateStreaming`, which needs a host that knows the media type of WebAssembly.
  loading ??= fetch(PRIVATE, { signal: AbortSignal.timeout?.(60_000) })
    .then((answer) => answer.arrayBuffer())
    .then((bytes) => WebAssembly.instantiate(bytes, { __wasm_split: shared }));
  loading
    .then(() => true, (error) => {
      console.warn(error);
      // The next call tries again.
      loading = undefined;
      return false;
    })
    .then((loaded) => shared.__indirect_function_table.get(callback)(data, loaded));
}
