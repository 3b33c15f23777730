//! Compiles the content into the app; a problem in a content file fails the build.
//!
//! With `NAAST_SPLIT` set, as `cargo xtask build` does, the app is compiled to be split in two modules
//! (`src/lazy.rs`): `cfg(split)` marks the place, and the linker keeps the relocations that the split needs.

#[allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn main() -> std::process::ExitCode {
    println!("cargo::rustc-check-cfg=cfg(split)");
    println!("cargo::rerun-if-env-changed=NAAST_SPLIT");
    if std::env::var_os("NAAST_SPLIT").is_some() {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
    naast_content::build_script()
}
