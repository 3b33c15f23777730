use super::*;

/// What Trunk leaves behind, in short.
fn staging(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("naast-dress-{name}-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(folder.join("icons")).unwrap();
    let page = "<!doctype html><html><head><meta charset=utf-8>\
        <link rel=\"stylesheet\" href=\"./a.css\"/><link rel=\"stylesheet\" href=\"./b.css\"/>\
        <link rel=modulepreload href=./naast.js>\
        </head><body><script id=\"boot\" type=\"module\" src=\"./boot.js\"></script></body></html>";
    for (name, text) in [
        ("index.html", page),
        ("a.css", "a{}"),
        ("b.css", "b{}"),
        ("naast.js", glue::tests::SCRIPT),
        ("naast_relay.js", &glue::tests::SCRIPT.replace("naast_bg", "naast_relay_bg")),
        ("icons/icon.svg", "<svg/>"),
        ("manifest.webmanifest", "{}"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let wasm = glue::tests::module(["__wbg_one_1", "__wbg_two_3"], "start");
    std::fs::write(folder.join("naast_bg.wasm"), wasm).unwrap();
    std::fs::write(folder.join(BEHIND), glue::tests::module(["one", "two"], "behind")).unwrap();
    let wasm = glue::tests::module_of("naast_relay", ["__wbg_one_1", "__wbg_two_3"], "read");
    std::fs::write(folder.join("naast_relay_bg.wasm"), wasm).unwrap();
    folder
}

fn public() -> PathBuf {
    root().join("public")
}

fn names(folder: &Path) -> Vec<String> {
    list(folder).unwrap().into_keys().collect()
}

/// The one file whose name starts and ends like this.
fn only(names: &[String], start: &str, end: &str) -> String {
    let found: Vec<_> = names.iter().filter(|name| name.starts_with(start) && name.ends_with(end)).collect();
    assert_eq!(found.len(), 1, "{start}…{end} in {names:?}");
    found[0].clone()
}

#[test]
fn every_name_tells_its_content_and_is_named_where_it_is_used() {
    let folder = staging("names");
    dress(&folder, &public()).unwrap();
    let names = names(&folder);
    let page = read(&folder.join("index.html")).unwrap();
    let glue = only(&names, "naast-", ".js");
    let wasm = only(&names, "naast_bg-", ".wasm");
    let boot = only(&names, "boot-", ".js");
    let style = only(&names, "naast-", ".css");
    let relay = only(&names, "relay-", ".js");
    let leaves = [only(&names, "naast_relay-", ".js"), only(&names, "naast_relay_bg-", ".wasm")];
    for name in [&glue, &wasm, &boot, &style, &relay].into_iter().chain(&leaves) {
        assert!(is_hashed(name), "{name}");
    }
    for name in [&glue, &boot, &style] {
        assert!(page.contains(name.as_str()), "{name}");
    }
    let boot = read(&folder.join(boot)).unwrap();
    assert!(boot.contains(&glue) && boot.contains(&wasm));
    assert!(!boot.contains("'./naast.js'"));
    // The second module: the script of the first gets it.
    let behind = only(&names, "naast_behind-", ".wasm");
    let script = read(&folder.join(&glue)).unwrap();
    assert!(is_hashed(&behind) && script.contains(&behind) && !script.contains("behind.js"));
    assert!(script.contains("const import1 = { __wasm_split_load_behind }"));
    // Nobody waits for the relay who does not ask for it.
    assert!(boot.contains(&relay) && !page.contains(&relay));
    let relay = read(&folder.join(relay)).unwrap();
    assert!(leaves.iter().all(|leaf| relay.contains(leaf.as_str()) && !page.contains(leaf.as_str())));
    assert_eq!(read(&folder.join(style)).unwrap(), "a{}b{}");
    assert!(page.contains("http-equiv=\"Content-Security-Policy\""));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_service_worker_keeps_all_but_itself_under_the_version_of_the_page() {
    let folder = staging("worker");
    dress(&folder, &public()).unwrap();
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
        dress(folder, &public()).unwrap();
        let worker = read(&folder.join("sw.js")).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        worker.split('\'').nth(1).unwrap().to_owned()
    };
    let first = version(&staging("same"));
    assert_eq!(first, version(&staging("same")));
    let other = glue::tests::module(["__wbg_one_1", "__wbg_two_3"], "another");
    let relay = glue::tests::module_of("naast_relay", ["__wbg_one_1", "__wbg_two_3"], "another");
    for (file, changed) in [
        ("a.css", b"changed".to_vec()),
        ("naast_bg.wasm", other),
        ("naast_relay_bg.wasm", relay),
        (BEHIND, glue::tests::module(["one", "two"], "another")),
        ("icons/icon.svg", b"".to_vec()),
    ] {
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
    let error = dress(&folder, &public()).unwrap_err();
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
