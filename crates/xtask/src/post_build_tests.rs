use super::*;

/// A short version of the script that wasm-bindgen makes.
const SCRIPT: &str = "import * as import1 from \"./private.js\"\nreturn {\n\"./private.js\": import1,\n};\n";

/// A short version of what Trunk and the earlier steps leave behind.
fn staging(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("naast-post-build-{name}-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(folder.join("icons")).unwrap();
    let page = "<!doctype html><html><head><meta charset=utf-8><title>{{title}}</title>\
        <script src=./first.js></script>\
        <link rel=\"stylesheet\" href=\"./a.css\"/><link rel=\"stylesheet\" href=\"./b.css\"/>\
        <link rel=modulepreload href=./naast.js>\
        </head><body><div id=app>{{first-screen}}</div>\
        <script id=\"boot\" type=\"module\" src=\"./boot.js\"></script></body></html>";
    for (name, text) in [
        ("index.html", page),
        ("a.css", "a{}"),
        ("b.css", "b{}"),
        ("naast.js", SCRIPT),
        ("naast_relay.js", "relay"),
        ("icons/icon.svg", "<svg/>"),
        ("manifest.webmanifest", "{}"),
        ("naast_bg.wasm", "first"),
        (split::PRIVATE_MODULE, "private"),
        ("naast_relay_bg.wasm", "relay"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn finish(folder: &Path) -> Result<()> {
    release(folder, &public(), "<main>first screen</main>")
}

fn public() -> PathBuf {
    root().join("public")
}

fn names(folder: &Path) -> Vec<String> {
    list(folder).unwrap().into_keys().collect()
}

/// The only file with this start and end of its name.
fn only(names: &[String], start: &str, end: &str) -> String {
    let found: Vec<_> = names.iter().filter(|name| name.starts_with(start) && name.ends_with(end)).collect();
    assert_eq!(found.len(), 1, "{start}…{end} in {names:?}");
    found[0].clone()
}

#[test]
fn names_hold_the_hash_of_the_content_wherever_they_are_used() {
    let folder = staging("names");
    finish(&folder).unwrap();
    let names = names(&folder);
    let page = read(&folder.join("index.html")).unwrap();
    let glue = only(&names, "naast-", ".js");
    let wasm = only(&names, "naast_bg-", ".wasm");
    let boot = only(&names, "boot-", ".js");
    let first = only(&names, "first-", ".js");
    let texts = only(&names, "nl-", ".txt");
    let style = only(&names, "naast-", ".css");
    let relay = only(&names, "relay-", ".js");
    let loader = only(&names, "private-", ".js");
    let private = only(&names, "naast_private-", ".wasm");
    let leaves = [only(&names, "naast_relay-", ".js"), only(&names, "naast_relay_bg-", ".wasm")];
    for name in [&glue, &wasm, &boot, &first, &texts, &style, &relay, &loader, &private].into_iter().chain(&leaves) {
        assert!(is_hashed(name), "{name}");
    }
    for name in [&glue, &boot, &first, &style, &loader] {
        assert!(page.contains(name.as_str()), "{name}");
    }
    let boot = read(&folder.join(boot)).unwrap();
    for name in [&glue, &wasm, &texts, &relay, &loader] {
        assert!(boot.contains(name.as_str()), "{name}");
    }
    assert!(!boot.contains("'./naast.js'") && !boot.contains("{{"));
    let script = read(&folder.join(&glue)).unwrap();
    assert!(script.contains(&format!("from \"./{loader}\"")) && script.contains("\"./private.js\": import1"));
    assert!(read(&folder.join(&loader)).unwrap().contains(&private));
    // Only the page of the transfer requests the relay.
    assert!(!page.contains(&relay));
    let relay = read(&folder.join(relay)).unwrap();
    assert!(leaves.iter().all(|leaf| relay.contains(leaf.as_str()) && !page.contains(leaf.as_str())));
    assert_eq!(read(&folder.join(style)).unwrap(), "a{}b{}");
    assert!(page.contains("http-equiv=\"Content-Security-Policy\""));
    assert!(page.contains("<title>Naast</title>") && page.contains("<div id=app><main>first screen</main></div>"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_build_of_one_module_has_no_loader() {
    let folder = staging("one");
    std::fs::remove_file(folder.join(split::PRIVATE_MODULE)).unwrap();
    finish(&folder).unwrap();
    let names = names(&folder);
    let boot = read(&folder.join(only(&names, "boot-", ".js"))).unwrap();
    assert!(boot.contains("const PRIVATE = null;") && !names.iter().any(|name| name.starts_with("private")));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_development_build_has_what_the_page_needs_to_start_and_nothing_that_stays() {
    let folder = staging("development");
    development(&folder, &public()).unwrap();
    let page = read(&folder.join("index.html")).unwrap();
    assert!(!page.contains("{{") && !page.contains("Content-Security-Policy"));
    for name in ["boot.js", "relay.js", "first.js", MESSAGES] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    assert!(!folder.join("sw.js").exists());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn page_and_scripts_use_every_message_of_theirs() {
    let texts = Texts::new().unwrap();
    let mut used: Vec<String> = Vec::new();
    for file in ["app/index.html", "public/boot.js"] {
        let source = read(&root().join(file)).unwrap().replace(FIRST_SCREEN, "");
        used.extend(messages::fill_page(&texts.0, &source).unwrap().1);
    }
    for key in messages::page_keys(&texts.0) {
        assert!(used.iter().any(|one| one == key), "nothing uses the message {key} under [page]");
    }
}

#[test]
fn the_service_worker_keeps_all_but_itself_under_the_version_of_the_page() {
    let folder = staging("worker");
    finish(&folder).unwrap();
    let worker = read(&folder.join("sw.js")).unwrap();
    let page = read(&folder.join("index.html")).unwrap();
    let version = worker.split('\'').nth(1).unwrap();
    assert_eq!(version.len(), 12);
    assert!(page.contains(&format!("<meta name=\"naast-version\" content=\"{version}\">")));
    for name in names(&folder) {
        let listed = worker.contains(&format!("\"./{name}\":"));
        assert_eq!(listed, is_precached(&name), "{name}");
        let hash = integrity(&std::fs::read(folder.join(&name)).unwrap());
        let checked = worker.contains(&format!("\"./{name}\":\"{hash}\""));
        assert_eq!(checked, is_hashed(&name), "{name}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn any_change_is_another_version_and_no_change_is_not() {
    let version = |folder: &Path| {
        finish(folder).unwrap();
        let worker = read(&folder.join("sw.js")).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        worker.split('\'').nth(1).unwrap().to_owned()
    };
    let first = version(&staging("same"));
    assert_eq!(first, version(&staging("same")));
    for file in ["a.css", "naast.js", "naast_bg.wasm", "naast_relay_bg.wasm", split::PRIVATE_MODULE, "icons/icon.svg"] {
        let changed = format!("{SCRIPT}changed");
        let folder = staging("changed");
        std::fs::write(folder.join(file), changed).unwrap();
        assert_ne!(first, version(&folder), "{file}");
    }
}

#[test]
fn a_page_with_an_inline_script_is_refused() {
    assert!(ensure_no_inline_script("<script src=a.js></script>").is_ok());
    assert!(ensure_no_inline_script("<script>go()</script>").is_err());
    assert!(ensure_no_inline_script("<script src=a></script><script type=module>x</script>").is_err());
}

#[test]
fn what_trunk_did_not_make_is_named() {
    let folder = staging("missing");
    std::fs::remove_file(folder.join("naast_bg.wasm")).unwrap();
    let error = finish(&folder).unwrap_err();
    assert!(format!("{error:#}").contains("naast_bg.wasm"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn screenshots_are_shipped_and_named_in_the_manifest() {
    let folder = staging("screenshots");
    let public = folder.join("public");
    std::fs::create_dir_all(public.join("screenshots")).unwrap();
    let icon = std::fs::read(root().join("public/icons/icon-192.png")).unwrap();
    std::fs::write(public.join("screenshots/op-bezoek.png"), icon).unwrap();
    screenshots(&folder, &public).unwrap();
    let manifest: Value = serde_json::from_str(&read(&folder.join("manifest.webmanifest")).unwrap()).unwrap();
    let shot = &manifest["screenshots"][0];
    assert_eq!(shot["sizes"], "192x192");
    assert_eq!(shot["label"], "Op bezoek");
    assert!(folder.join("screenshots/op-bezoek.png").is_file());
    std::fs::write(public.join("screenshots/x.png"), "no picture").unwrap();
    assert!(screenshots(&folder, &public).is_err());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn hosts_get_one_cache_rule_for_each_file() {
    let names = ["a-0123456789ab.js", "icons/icon.svg"].map(str::to_owned);
    let text = host_headers(names.iter());
    assert!(text.starts_with("/*\n  Content-Security-Policy: default-src 'self'"));
    assert!(text.contains("/a-0123456789ab.js\n  Cache-Control: public, max-age=31536000, immutable\n"));
    assert!(text.contains("/icons/icon.svg\n  Cache-Control: no-cache\n"));
    assert!(text.contains("/\n  Cache-Control: no-cache\n"));
    assert!(text.contains("/sw.js\n  Cache-Control: no-cache\n"));
}

#[test]
fn the_manifest_is_whole_and_its_files_are_there() {
    let manifest: Value = serde_json::from_str(&read(&public().join("manifest.webmanifest")).unwrap()).unwrap();
    assert_eq!(manifest["lang"], "nl");
    let icons = manifest["icons"].as_array().unwrap();
    assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"));
    for icon in icons {
        let file = public().join(icon["src"].as_str().unwrap());
        let bytes = std::fs::read(&file).unwrap();
        if let Some((width, height)) = png_size(&bytes) {
            assert_eq!(icon["sizes"], format!("{width}x{height}"), "{}", file.display());
        }
    }
}

#[test]
fn the_page_on_hosting_names_the_headers_that_are_sent() {
    let page = read(&root().join("docs/hosting.md")).unwrap();
    for (name, value) in SECURITY {
        assert!(page.contains(&format!("add_header {name} \"{value}\" always;")), "{name}");
    }
    assert!(page.contains(IMMUTABLE) && page.contains(ASK_FIRST));
}
