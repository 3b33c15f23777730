//! The last step of a build: gives files their names by content, moves the start script out of
//! the page, and writes the service worker and the headers for static hosts.
//!
//! Runs as Trunk's `post_build` hook on the staging folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use naast_devserver::headers::{ASK_FIRST, IMMUTABLE, SECURITY, csp_for_meta, is_hashed};
use serde_json::{Value, json};

use crate::files::{hash, hash_files, integrity, is_precached, list, read};
use crate::glue;
use crate::html::{compact_script, insert_in_head, replace_stylesheets, stylesheets};
use crate::shell::root;
use crate::split;
use crate::traps;

/// Dresses the folder that Trunk names in `TRUNK_STAGING_DIR`.
///
/// # Errors
/// When it is not called by Trunk, or the staging folder is not what is expected.
pub(crate) fn hook() -> Result<()> {
    let folder =
        std::env::var_os("TRUNK_STAGING_DIR").context("dress is called by Trunk; run `cargo xtask build` instead")?;
    let folder = PathBuf::from(folder);
    std::fs::copy(split::behind(), folder.join(BEHIND)).context(NOT_SPLIT)?;
    dress(&folder, &root().join("public"))
}

/// The second module of the app.
const BEHIND: &str = "naast_behind.wasm";

const NOT_SPLIT: &str = "the app was not split; plain Trunk cannot do that, `cargo xtask build` can";

fn dress(folder: &Path, public: &Path) -> Result<()> {
    let mut page = read(&folder.join("index.html"))?;
    ensure!(
        page.contains("id=boot") || page.contains("id=\"boot\""),
        "the page has no start script; see pattern_script in Trunk.toml"
    );
    page = one_stylesheet(folder, &page)?;

    // The leaves first, then what names them.
    let mut relay = compact_script(&read(&public.join("relay.js"))?);
    for name in module(folder, "naast_relay")? {
        let hashed = rename_by_content(folder, &name)?;
        relay = replace(&relay, &name, &hashed, "relay.js")?;
    }
    std::fs::write(folder.join("relay.js"), relay)?;
    let mut boot = compact_script(&read(&public.join("boot.js"))?);
    let relay = rename_by_content(folder, "relay.js")?;
    boot = replace(&boot, "relay.js", &relay, "boot.js")?;
    let first = module(folder, "naast")?;
    let script = folder.join("naast.js");
    std::fs::write(&script, with_behind(&read(&script)?, &behind(folder, public)?)?)?;
    for name in first {
        let hashed = rename_by_content(folder, &name)?;
        boot = replace(&boot, &name, &hashed, "boot.js")?;
        // The page may ask for them early.
        page = page.replace(&format!("./{name}"), &format!("./{hashed}"));
    }
    std::fs::write(folder.join("boot.js"), boot)?;
    let hashed = rename_by_content(folder, "boot.js")?;
    page = replace(&page, "boot.js", &hashed, "index.html")?;
    page = insert_in_head(&page, &policy()).context("index.html has no <meta>")?;
    ensure_no_inline_script(&page)?;

    screenshots(folder, public)?;
    let worker = read(&public.join("sw.js"))?;
    std::fs::write(folder.join("index.html"), &page)?;
    let files = list(folder)?;
    let version = hash([hash_files(&files)?.as_bytes(), worker.as_bytes()]);
    let meta = format!("<meta name=\"naast-version\" content=\"{version}\">");
    let page = insert_in_head(&page, &meta).context("index.html has no <meta>")?;
    std::fs::write(folder.join("index.html"), page)?;

    let mut kept = BTreeMap::new();
    for (name, path) in files.iter().filter(|(name, _)| is_precached(name)) {
        // Only of what is ours alone: hosts may compress pictures.
        let hash = if is_hashed(name) { integrity(&std::fs::read(path)?) } else { String::new() };
        kept.insert(format!("./{name}"), hash);
    }
    std::fs::write(folder.join("sw.js"), service_worker(&worker, &version, &kept)?)?;
    std::fs::write(folder.join("_headers"), host_headers(files.keys()))?;
    Ok(())
}

/// The second module; gives the script that gets it.
fn behind(folder: &Path, public: &Path) -> Result<String> {
    let module = folder.join(BEHIND);
    traps::take_out(&module)?;
    std::fs::write(&module, glue::bare(&std::fs::read(&module)?)?)?;
    let hashed = rename_by_content(folder, BEHIND)?;
    replace(&compact_script(&read(&public.join("behind.js"))?), BEHIND, &hashed, "behind.js")
}

/// The script of the first module, with that one in the place where it would ask for it.
fn with_behind(script: &str, behind: &str) -> Result<String> {
    let import = format!("import * as import1 from \"{}\"", glue::BEHIND);
    ensure!(script.contains(&import), NOT_SPLIT);
    ensure!(script.contains("wasm = instance.exports"), "the script has no `wasm`, which behind.js counts on");
    let own = format!("{behind}const import1 = {{ __wasm_split_load_behind }}");
    Ok(script.replace(&import, &own))
}

/// Makes a module and its script small; gives the names of the two.
fn module(folder: &Path, name: &str) -> Result<[String; 2]> {
    let names = [format!("{name}.js"), format!("{name}_bg.wasm")];
    let [script, module] = names.each_ref().map(|name| folder.join(name));
    traps::take_out(&module)?;
    let fitted = glue::fit(name, &std::fs::read(&module)?, &read(&script)?)?;
    // Trunk's minifier does not know the syntax of this one.
    std::fs::write(&script, compact_script(&fitted.script))?;
    std::fs::write(&module, fitted.wasm)?;
    Ok(names)
}

/// Replaces a name that must be there.
fn replace(text: &str, from: &str, to: &str, place: &str) -> Result<String> {
    let from = format!("./{from}");
    ensure!(text.contains(&from), "{place} does not name {from}");
    Ok(text.replace(&from, &format!("./{to}")))
}

/// `a.js` → `a-0123456789ab.js`; gives the new name.
fn rename_by_content(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    let bytes = std::fs::read(&path).with_context(|| format!("Trunk made no {name}"))?;
    let (stem, extension) = name.split_once('.').context("a name without extension")?;
    let hashed = format!("{stem}-{}.{extension}", hash([bytes.as_slice()]));
    std::fs::rename(path, folder.join(&hashed))?;
    Ok(hashed)
}

/// Joins the style sheets in the order of the page: a phone asks once.
fn one_stylesheet(folder: &Path, page: &str) -> Result<String> {
    let mut all = String::new();
    for (_, name) in stylesheets(page) {
        let sheet = read(&folder.join(&name))?;
        // It would have to come first, and be a request of its own.
        ensure!(!sheet.contains("@import"), "{name}: @import is not supported");
        all.push_str(&sheet);
        std::fs::remove_file(folder.join(&name))?;
    }
    ensure!(!all.is_empty(), "the page has no style");
    std::fs::write(folder.join("naast.css"), all)?;
    let hashed = rename_by_content(folder, "naast.css")?;
    let tag = format!("<link rel=\"stylesheet\" href=\"./{hashed}\">");
    Ok(replace_stylesheets(page, &tag))
}

/// The content security policy for hosts that send no headers of ours.
fn policy() -> String {
    let policy = csp_for_meta();
    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")
}

/// The policy forbids inline scripts, so a page that has one would not work.
fn ensure_no_inline_script(page: &str) -> Result<()> {
    for tag in page.split("<script").skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        ensure!(tag.contains("src="), "the page has an inline script");
    }
    Ok(())
}

/// Ships the pictures of `public/screenshots`, and names them in the manifest. A picture's name
/// is its label: `op-bezoek.png` shows "Op bezoek".
fn screenshots(folder: &Path, public: &Path) -> Result<()> {
    let from = public.join("screenshots");
    if !from.is_dir() {
        return Ok(());
    }
    let to = folder.join("screenshots");
    std::fs::create_dir_all(&to)?;
    let mut entries = Vec::new();
    for (name, path) in list(&from)? {
        let Some(stem) = name.strip_suffix(".png") else {
            bail!("public/screenshots/{name}: only PNG pictures belong here");
        };
        let picture = std::fs::read(&path)?;
        let (width, height) =
            png_size(&picture).with_context(|| format!("public/screenshots/{name} is no PNG picture"))?;
        entries.push(json!({
            "src": format!("./screenshots/{name}"),
            "type": "image/png",
            "sizes": format!("{width}x{height}"),
            "form_factor": if width > height { "wide" } else { "narrow" },
            "label": label(stem),
        }));
        std::fs::write(to.join(&name), picture)?;
    }
    let path = folder.join("manifest.webmanifest");
    let mut manifest: Value = serde_json::from_str(&read(&path)?).context("the web manifest")?;
    manifest["screenshots"] = Value::Array(entries);
    std::fs::write(path, serde_json::to_string(&manifest)?)?;
    Ok(())
}

fn label(stem: &str) -> String {
    let words = stem.replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.clone()).collect()
}

/// Width and height from the first chunk of a PNG picture.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    bytes.starts_with(b"\x89PNG\r\n\x1a\n").then_some(())?;
    Some((number(16)?, number(20)?))
}

/// The service worker with its version and its files filled in.
fn service_worker(template: &str, version: &str, files: &BTreeMap<String, String>) -> Result<String> {
    let mut worker = compact_script(template);
    for (from, to) in [
        ("const VERSION = 'development';", format!("const VERSION = '{version}';")),
        ("const ASSETS = {};", format!("const ASSETS = {};", serde_json::to_string(files)?)),
    ] {
        ensure!(worker.contains(from), "sw.js has no line `{from}`");
        worker = worker.replace(from, &to);
    }
    Ok(worker)
}

/// The `_headers` file that Netlify and Cloudflare Pages read. Each path gets `Cache-Control`
/// from one rule only, because these hosts join the values of all rules that fit.
fn host_headers<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let mut text = "/*\n".to_owned();
    for (name, value) in SECURITY {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    let mut rule = |path: &str, value| {
        text.push_str(&format!("/{path}\n  Cache-Control: {value}\n"));
    };
    rule("", ASK_FIRST);
    rule("sw.js", ASK_FIRST);
    for name in names {
        rule(name, if is_hashed(name) { IMMUTABLE } else { ASK_FIRST });
    }
    text
}

#[cfg(test)]
#[path = "dress_tests.rs"]
mod tests;
