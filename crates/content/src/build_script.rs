use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use crate::{Files, Problem, check, compile, language_dir, messages, parent, read};

/// The app's build script. It compiles the Dutch content to `OUT_DIR/nl.content`, the passphrase words to
/// `OUT_DIR/nl-words.txt`, the messages to `OUT_DIR/nl.messages` and their functions to `OUT_DIR/messages.rs`, the
/// list of the languages that parents can read to `OUT_DIR/parent_languages.rs`, and the texts of one to
/// `OUT_DIR/parent-TAG.txt`. It tells cargo to rebuild when a content file changes.
///
/// Problems in the content become errors of the build, one per line.
#[must_use]
#[allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
pub fn build_script() -> ExitCode {
    let Some(out) = env::var_os("OUT_DIR").map(PathBuf::from) else {
        println!("cargo::error=OUT_DIR is not set: only cargo can run this");
        return ExitCode::FAILURE;
    };
    let dir = language_dir("nl");
    println!("cargo::rerun-if-changed={}", dir.display());
    println!("cargo::rerun-if-changed={}", parent::folder().display());
    let problems = match Files::read(&dir) {
        Ok(files) => {
            for path in files.paths() {
                println!("cargo::rerun-if-changed={}", path.display());
            }
            write(&files, &out).err().unwrap_or_default()
        }
        Err(problems) => told(&problems),
    };
    for problem in &problems {
        println!("cargo::error={problem}");
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn write(files: &Files, out: &Path) -> Result<(), Vec<String>> {
    let content = check(files).map_err(|problems| told(&problems))?;
    let bytes = compile(&content).ok_or_else(|| vec!["a text holds a line break".to_owned()])?;
    let language = files.language();
    let all = messages::read(files).map_err(|problems| told(&problems))?;
    let parent = parent::load(&parent::folder(), &content).map_err(|problems| told(&problems))?;
    let mut written = vec![
        (format!("{language}.messages"), messages::lines(&all).into_bytes()),
        ("messages.rs".to_owned(), messages::functions(&all).into_bytes()),
        (format!("{language}.content"), bytes),
        (format!("{language}-words.txt"), read::passphrase_words(files).join("\n").into_bytes()),
        ("parent_languages.rs".to_owned(), parent::list(&parent).into_bytes()),
    ];
    written.extend(parent.into_iter().map(|one| (format!("parent-{}.txt", one.tag), one.lines.into_bytes())));
    for (name, bytes) in written {
        let path = out.join(name);
        fs::write(&path, bytes).map_err(|error| vec![format!("{}: {error}", path.display())])?;
    }
    Ok(())
}

/// With the path from the root of the project, which an editor can open.
fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("crates/content/{problem}")).collect()
}
