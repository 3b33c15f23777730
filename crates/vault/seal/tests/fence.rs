//! Only the vault may depend on the primitives.

use std::path::Path;

#[test]
fn nobody_but_the_vault_calls_a_primitive() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let crates = std::fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
    for folder in crates.chain([root.join("app"), root.join("tests")]) {
        let Ok(manifest) = std::fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let allowed = manifest.contains("name = \"naast-vault\"") || manifest.contains("name = \"naast-seal\"");
        for primitive in ["naast-seal", "argon2", "chacha20poly1305", "blake2"] {
            assert!(allowed || !manifest.contains(primitive), "{primitive} in {}", folder.display());
        }
    }
}
