// Gets the second module of the app: what lies behind the door of the vault. The build puts this in the
// script of the first, where `wasm` is what that module offers; the two share their memory.
const BEHIND = new URL('./naast_behind.wasm', import.meta.url);

let behind;

// By the name that the tool gives it that splits the two. `told` and `who` say whom to tell.
function __wasm_split_load_behind(told, who) {
  // Not while it streams: that wants a host that knows the type of such a file.
  behind ??= fetch(BEHIND, { signal: AbortSignal.timeout?.(60_000) })
    .then((answer) => answer.arrayBuffer())
    .then((bytes) => WebAssembly.instantiate(bytes, { __wasm_split: wasm }));
  behind
    .then(() => true, (error) => {
      console.warn(error);
      // The next one that asks tries anew.
      behind = undefined;
      return false;
    })
    .then((done) => wasm.__indirect_function_table.get(told)(who, done));
}
