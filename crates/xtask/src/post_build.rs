//! The last step of a build, which Trunk runs as its `post_build` hook on the staging folder.
//!
//! A development build gets what the page needs to start. A release build is finished: its modules are
//! split and optimised, the first screen is rendered into the page, files are named by their content, and
//! the service worker, the headers for static hosts and compressed files are written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use naast_content::messages::{self, Message};
use naast_devserver::headers::{ASK_FIRST, IMMUTABLE, SECURITY, csp_for_meta, is_hashed};
use serde_json::{Value, json};

use crate::compress;
use crate::files::{hash, hash_files, integrity, is_precached, list, read};
use crate::html::{compact_script, insert_in_head, replace_stylesheets, stylesheets};
use crate::shell::{cargo, output, root, run, say};
use crate::split;
use crate::tools::Toolbox;

/// The messages of the app, as `public/boot.js` fetches them.
const MESSAGES: &str = "nl.txt";

/// The line of `public/boot.js` in which the files of the languages of parents are named.
const PARENT_TEXTS: &str = "const PARENT_TEXTS = {};";

/// Marks the place of the first screen in the page.
const FIRST_SCREEN: &str = "{{first-screen}}";

/// The script that chooses the first screen, before the page is painted.
const FIRST_SCRIPT: &str = "first.js";

/// Options of wasm-opt. Keep the features in step with .cargo/config.toml.
const WASM_OPT: [&str; 14] = [
    "-Os",
    "--converge",
    // These reduce the code before compression, but add 8 kB after brotli.
    "--skip-pass=inlining-optimizing",
    "--skip-pass=local-cse",
    "--skip-pass=memory-packing",
    "--dealign",
    "--strip-producers",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Finishes the folder that Trunk names in `TRUNK_STAGING_DIR`.
///
/// # Errors
/// If Trunk did not call it, or if the staging folder is not as expected.
pub(crate) fn hook() -> Result<()> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR")
        .context("post-build is called by Trunk; run `trunk build` or `cargo xtask build` instead")?;
    let folder = PathBuf::from(folder);
    let public = root().join("public");
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        let tools = Toolbox::for_post_build()?;
        if std::env::var_os(split::VARIABLE).is_some() {
            split::split(&folder, &tools)?;
        }
        optimise(&folder, &tools)?;
        release(&folder, &public, &first_screen()?)?;
        say("Compressing files for hosts that serve them so");
        compress::folder(&folder)
    } else {
        development(&folder, &public)
    }
}

/// Adds what the page needs to start: no hashes, no service worker that could serve an old file, and no policy
/// that forbids Trunk's inline script for live reload.
fn development(folder: &Path, public: &Path) -> Result<()> {
    let texts = Texts::new()?;
    let page = texts.fill(&read(&folder.join("index.html"))?)?.replace(FIRST_SCREEN, "");
    std::fs::write(folder.join("index.html"), page)?;
    let named = parent_texts(folder)?;
    std::fs::write(folder.join("boot.js"), name_parent_texts(&texts.fill(&read(&public.join("boot.js"))?)?, &named)?)?;
    for name in ["relay.js", FIRST_SCRIPT] {
        std::fs::copy(public.join(name), folder.join(name)).with_context(|| format!("cannot copy {name}"))?;
    }
    std::fs::write(folder.join(MESSAGES), texts.lines())?;
    Ok(())
}

/// The messages of the app.
struct Texts(Vec<Message>);

impl Texts {
    fn new() -> Result<Self> {
        let read = naast_content::messages(&naast_content::language_dir("nl"));
        read.map(Self).map_err(|problems| told(&problems))
    }

    /// Fills the messages into a page or script.
    fn fill(&self, source: &str) -> Result<String> {
        let marked = source.replace(FIRST_SCREEN, "\0");
        let (filled, _) = messages::fill_page(&self.0, &marked)
            .map_err(|key| anyhow::anyhow!("messages.toml has no text `{key}` under [page]"))?;
        Ok(filled.replace('\0', FIRST_SCREEN))
    }

    fn lines(&self) -> String {
        messages::lines(&self.0)
    }
}

/// Writes what parents read, in a file for each language; returns the names of the files by language.
fn parent_texts(folder: &Path) -> Result<BTreeMap<String, String>> {
    let content = naast_content::load(&naast_content::language_dir("nl")).map_err(|problems| told(&problems))?;
    let languages =
        naast_content::parent::load(&naast_content::parent::folder(), &content).map_err(|problems| told(&problems))?;
    let mut names = BTreeMap::new();
    for language in languages {
        let name = format!("parent-{}.txt", language.tag);
        std::fs::write(folder.join(&name), language.lines)?;
        names.insert(language.tag, name);
    }
    Ok(names)
}

fn name_parent_texts(boot: &str, names: &BTreeMap<String, String>) -> Result<String> {
    ensure!(boot.contains(PARENT_TEXTS), "boot.js has no line `{PARENT_TEXTS}`");
    let named: Vec<String> = names.iter().map(|(tag, name)| format!("{tag}: './{name}'")).collect();
    Ok(boot.replace(PARENT_TEXTS, &format!("const PARENT_TEXTS = {{ {} }};", named.join(", "))))
}

fn told(problems: &[naast_content::Problem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    anyhow::anyhow!("{}", lines.join("\n"))
}

/// The first screen, which the app itself renders outside a browser.
fn first_screen() -> Result<String> {
    say("Rendering the first screen (a minute the first time)");
    let mut render = cargo();
    // The settings of the release build are for WebAssembly only.
    render.args(["run", "--quiet", "-p", "naast-prerender"]);
    for variable in [split::VARIABLE, "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS"] {
        render.env_remove(variable);
    }
    output(&mut render).filter(|html| !html.is_empty()).with_context(|| {
        "the first screen does not render; to see why, run:\n  cargo run -p naast-prerender".to_owned()
    })
}

/// Optimises all modules, if wasm-opt is installed.
fn optimise(folder: &Path, tools: &Toolbox) -> Result<()> {
    if !tools.wasm_opt {
        say("dist/ is NOT optimised: it works, but is larger than what should be published.");
        say("For wasm-opt, install Node 20 or newer, and build again");
        return Ok(());
    }
    for (name, path) in list(folder)?.iter().filter(|(name, _)| name.ends_with(".wasm")) {
        say(&format!("Optimising {name}"));
        run(tools.command("wasm-opt").args(WASM_OPT).arg(path).arg("-o").arg(path))?;
    }
    Ok(())
}

fn release(folder: &Path, public: &Path, first_screen: &str) -> Result<()> {
    let texts = Texts::new()?;
    let mut page = read(&folder.join("index.html"))?;
    ensure!(
        page.contains("id=boot") || page.contains("id=\"boot\""),
        "the page has no start script; see pattern_script in Trunk.toml"
    );
    ensure!(page.contains(FIRST_SCREEN), "the page has no place for the first screen");
    page = texts.fill(&page)?.replace(FIRST_SCREEN, first_screen);
    page = one_stylesheet(folder, &page)?;

    // Files that refer to others come after those: their names depend on their contents.
    std::fs::write(folder.join(FIRST_SCRIPT), compact_script(&read(&public.join(FIRST_SCRIPT))?))?;
    let first = rename_by_content(folder, FIRST_SCRIPT)?;
    page = replace(&page, FIRST_SCRIPT, &first, "index.html")?;
    let mut relay = compact_script(&read(&public.join("relay.js"))?);
    for name in module(folder, "naast_relay")? {
        let hashed = rename_by_content(folder, &name)?;
        relay = replace(&relay, &name, &hashed, "relay.js")?;
    }
    std::fs::write(folder.join("relay.js"), relay)?;
    std::fs::write(folder.join(MESSAGES), texts.lines())?;
    let mut languages = parent_texts(folder)?;
    for name in languages.values_mut() {
        *name = rename_by_content(folder, name)?;
    }
    let boot = texts.fill(&read(&public.join("boot.js"))?)?;
    let mut boot = compact_script(&name_parent_texts(&boot, &languages)?);
    for name in ["relay.js", MESSAGES] {
        let hashed = rename_by_content(folder, name)?;
        boot = replace(&boot, name, &hashed, "boot.js")?;
    }
    let modules = module(folder, "naast")?;
    if folder.join(split::PRIVATE_MODULE).is_file() {
        let loader = private_module(folder, public)?;
        let script = folder.join("naast.js");
        // Only the import is changed: the module knows the loader by its plain name.
        let import = format!("from \"./{}\"", split::LOADER);
        let text = read(&script)?;
        ensure!(text.contains(&import), "naast.js does not import {}", split::LOADER);
        std::fs::write(&script, text.replace(&import, &format!("from \"./{loader}\"")))?;
        let none = "const PRIVATE = null;";
        ensure!(boot.contains(none), "boot.js has no line `{none}`");
        boot = boot.replace(none, &format!("const PRIVATE = new URL('./{loader}', import.meta.url);"));
        page = insert_in_head(&page, &format!("<link rel=modulepreload href=./{loader}>"))
            .context("index.html has no <meta>")?;
    }
    for name in modules {
        let hashed = rename_by_content(folder, &name)?;
        boot = replace(&boot, &name, &hashed, "boot.js")?;
        // The page may preload it.
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

    let mut cached = BTreeMap::new();
    for (name, path) in files.iter().filter(|(name, _)| is_precached(name)) {
        // Hosts may recompress pictures, so only files with a hash in their name are checked.
        let hash = if is_hashed(name) { integrity(&std::fs::read(path)?) } else { String::new() };
        cached.insert(format!("./{name}"), hash);
    }
    std::fs::write(folder.join("sw.js"), service_worker(&worker, &version, &cached)?)?;
    std::fs::write(folder.join("_headers"), host_headers(files.keys()))?;
    Ok(())
}

/// Adds a hash to the names of the private module and its loader; returns the name of the loader.
fn private_module(folder: &Path, public: &Path) -> Result<String> {
    let module = rename_by_content(folder, split::PRIVATE_MODULE)?;
    let loader = compact_script(&read(&public.join(split::LOADER))?);
    let loader = replace(&loader, split::PRIVATE_MODULE, &module, split::LOADER)?;
    std::fs::write(folder.join(split::LOADER), loader)?;
    rename_by_content(folder, split::LOADER)
}

/// Minifies the script of a module; returns both names. Trunk's minifier does not know all of its syntax.
fn module(folder: &Path, name: &str) -> Result<[String; 2]> {
    let names = [format!("{name}.js"), format!("{name}_bg.wasm")];
    let script = folder.join(&names[0]);
    std::fs::write(&script, compact_script(&read(&script)?))?;
    Ok(names)
}

/// Replaces a name, which must occur.
fn replace(text: &str, from: &str, to: &str, place: &str) -> Result<String> {
    let from = format!("./{from}");
    ensure!(text.contains(&from), "{place} does not name {from}");
    Ok(text.replace(&from, &format!("./{to}")))
}

/// `a.js` → `a-0123456789ab.js`; returns the new name.
fn rename_by_content(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    let bytes = std::fs::read(&path).with_context(|| format!("Trunk made no {name}"))?;
    let (stem, extension) = name.split_once('.').context("a name without extension")?;
    let hashed = format!("{stem}-{}.{extension}", hash([bytes.as_slice()]));
    std::fs::rename(path, folder.join(&hashed))?;
    Ok(hashed)
}

/// Joins the style sheets in the order of the page, so that they are one request.
fn one_stylesheet(folder: &Path, page: &str) -> Result<String> {
    let mut all = String::new();
    for (_, name) in stylesheets(page) {
        let sheet = read(&folder.join(&name))?;
        // It would have to come first, and be a separate request.
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

/// The content security policy, for hosts that do not send our headers.
fn policy() -> String {
    let policy = csp_for_meta();
    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")
}

/// The policy forbids inline scripts, so a page with one would not work.
fn ensure_no_inline_script(page: &str) -> Result<()> {
    for tag in page.split("<script").skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        ensure!(tag.contains("src="), "the page has an inline script");
    }
    Ok(())
}

/// Ships the pictures in `public/screenshots`, and lists them in the manifest. The name of a picture is its
/// label: `op-bezoek.png` shows “Op bezoek”.
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

/// Fills the version and the files into the service worker.
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

/// The `_headers` file that Netlify and Cloudflare Pages read. Each path gets `Cache-Control` from one rule only,
/// because these hosts join the values of all matching rules.
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
#[path = "post_build_tests.rs"]
mod tests;
