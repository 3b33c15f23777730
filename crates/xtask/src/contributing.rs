//! Follows the two worked examples of CONTRIBUTING.md, so that they keep working.

use std::path::Path;

use crate::files::read;
use crate::shell::{cargo, command, output, root, run, target};

/// The code blocks of a language, in order.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&format!("```{language}\n")) {
        let (block, after) = after.split_once("```").unwrap();
        found.push(block.to_owned());
        rest = after;
    }
    found
}

/// Copies all files that are tracked, or new and not ignored.
fn copy_to(folder: &Path) {
    let files = output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"])).unwrap();
    // The fuzz corpus has 1,500 files that are not needed here.
    for name in files.lines().filter(|name| !name.starts_with("fuzz/corpus") && root().join(name).is_file()) {
        let to = folder.join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(root().join(name), to).unwrap();
    }
}

#[test]
fn the_question_of_the_example_is_accepted() {
    let page = read(&root().join("CONTRIBUTING.md")).unwrap();
    let [question] = blocks(&page, "toml").try_into().unwrap();
    let folder = std::env::temp_dir().join(format!("naast-contributing-question-{}", std::process::id()));
    let content = root().join("crates/content");
    for (name, path) in crate::files::list(&content).unwrap() {
        if name.starts_with("nl/") || name == "inventory.toml" {
            let to = folder.join(&name);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(path, to).unwrap();
        }
    }
    let file = folder.join("nl/questions/wishes.toml");
    let before = read(&file).unwrap();
    std::fs::write(&file, format!("{before}\n{question}")).unwrap();
    let loaded = naast_content::load(&folder.join("nl")).unwrap();
    assert!(loaded.questions.iter().any(|question| question.id == "proud-of-this-week"));
    // A mistake is reported with its file, item and field.
    std::fs::write(&file, format!("{before}\n{}", question.replace("trots op?\"\nwhen", "trots op?..\"\nwhen")))
        .unwrap();
    let problems = naast_content::load(&folder.join("nl")).unwrap_err();
    assert!(
        problems[0].to_string().starts_with("nl/questions/wishes.toml: proud-of-this-week: u: "),
        "{}",
        problems[0]
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// A minute: the app is compiled with it, for this machine. The example gets a target folder of its own, because
/// Cargo would take what it compiled there for the same file of this checkout.
#[test]
fn the_screen_of_the_example_compiles() {
    let page = read(&root().join("CONTRIBUTING.md")).unwrap();
    let folder = std::env::temp_dir().join(format!("naast-contributing-screen-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    copy_to(&folder);
    let patch = folder.join("example.diff");
    std::fs::write(&patch, blocks(&page, "diff").concat()).unwrap();
    run(command("git").args(["init", "--quiet"]).current_dir(&folder)).unwrap();
    run(command("git").args(["apply", "--unidiff-zero"]).arg(&patch).current_dir(&folder)).unwrap();
    let own_target = target().join("contributing");
    run(cargo().args(["check", "--quiet", "-p", "naast"]).current_dir(&folder).env("CARGO_TARGET_DIR", own_target))
        .unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}
