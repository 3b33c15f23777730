//! Writes a list of everything in the app, for finding out at a release whether it contains a vulnerable
//! component: CycloneDX 1.6, the same bytes on every run.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::packages::{Package, in_the_app, spdx};
use crate::shell::{command, output, root, say};

/// Writes it to `target/`.
///
/// # Errors
/// If Cargo fails, or if the file cannot be written.
pub(crate) fn write() -> Result<()> {
    let packages = in_the_app()?;
    let rustc = output(command("rustc").arg("--version")).context("rustc does not say its version")?;
    let std = rustc.split(' ').nth(1).context("rustc says no version")?;
    let text = sbom(&packages, std)?;
    let path = place();
    std::fs::create_dir_all(path.parent().context("a folder")?)?;
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    say(&format!("{} crates and the standard library are in {}", packages.len(), path.display()));
    Ok(())
}

fn place() -> PathBuf {
    root().join("target/naast.cdx.json")
}

/// Without a serial number and a timestamp, as CycloneDX allows, so that the same contents give the same text.
fn sbom(packages: &[Package], std: &str) -> Result<String> {
    let app = packages.iter().find(|package| package.name == "naast").context("the app itself is not in the list")?;
    let mut components: Vec<Value> = packages.iter().filter(|package| *package != app).map(component).collect();
    // It comes with the compiler, not from a registry.
    components.push(json!({
        "type": "library",
        "bom-ref": format!("std@{std}"),
        "name": "std",
        "version": std,
        "description": "The standard library of Rust, with the crates that it brings along.",
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
    }));
    let mut itself = component(app);
    itself["type"] = json!("application");
    let bom = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": itself },
        "components": components,
    });
    Ok(serde_json::to_string_pretty(&bom)? + "\n")
}

fn component(package: &Package) -> Value {
    let Package { name, version, licence, checksum } = package;
    let mut component = json!({
        "type": "library",
        "bom-ref": format!("{name}@{version}"),
        "name": name,
        "version": version,
    });
    if !licence.is_empty() {
        component["licenses"] = json!([{ "expression": spdx(licence) }]);
    }
    // A crate of this repository is not the one that a registry has under that name.
    if let Some(checksum) = checksum {
        // A `+` has a special meaning there.
        component["purl"] = json!(format!("pkg:cargo/{name}@{}", version.replace('+', "%2B")));
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::tests::some;

    #[test]
    fn every_crate_stands_in_it_with_version_licence_and_checksum() {
        let bom: Value = serde_json::from_str(&sbom(&some(), "1.95.0").unwrap()).unwrap();
        assert_eq!(bom["metadata"]["component"]["name"], "naast");
        assert_eq!(bom["metadata"]["component"]["type"], "application");
        let components = bom["components"].as_array().unwrap();
        assert_eq!(components.len(), 3);
        let one = json!({
            "type": "library",
            "bom-ref": "one@1.0.0",
            "name": "one",
            "version": "1.0.0",
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            "purl": "pkg:cargo/one@1.0.0",
            "hashes": [{ "alg": "SHA-256", "content": "aa11" }],
        });
        assert_eq!(components[0], one);
        assert_eq!(components[2]["bom-ref"], "std@1.95.0");
    }

    #[test]
    fn a_crate_of_our_own_is_not_taken_for_one_of_a_registry() {
        let bom: Value = serde_json::from_str(&sbom(&some(), "1.95.0").unwrap()).unwrap();
        assert_eq!(bom["metadata"]["component"]["purl"], Value::Null);
    }

    #[test]
    fn one_content_has_one_text() {
        let mut turned = some();
        turned.dedup();
        assert_eq!(sbom(&some(), "1.95.0").unwrap(), sbom(&turned, "1.95.0").unwrap());
        let text = sbom(&in_the_app().unwrap(), "1.95.0").unwrap();
        assert_eq!(text, sbom(&in_the_app().unwrap(), "1.95.0").unwrap());
        // It contains no folder of the machine it was made on.
        assert!(!text.contains(&*root().to_string_lossy()));
    }
}
