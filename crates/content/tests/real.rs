//! The content of the app.

use naast_content::{compile, language_dir, load, passphrase_words};
use naast_core::content::Content;

#[test]
fn the_dutch_content_has_no_problems_and_comes_back_from_its_compact_form() {
    let content = match load(&language_dir("nl")) {
        Ok(content) => content,
        Err(problems) => {
            let told: Vec<String> = problems.iter().map(|problem| format!("crates/content/{problem}")).collect();
            panic!("{} problems in the content:\n{}", told.len(), told.join("\n"));
        }
    };
    let bytes = compile(&content).unwrap();
    assert_eq!(Content::from_compact(&bytes).unwrap(), content.without_provenance());
}

#[test]
fn five_words_give_fifty_bits() {
    let words = passphrase_words(&language_dir("nl")).unwrap();
    assert!(5.0 * f64::from(u32::try_from(words.len()).unwrap()).log2() >= 50.0, "{} words", words.len());
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let problems = load(&language_dir("xx")).unwrap_err();
    assert!(problems[0].to_string().starts_with("xx: cannot be read: "), "{}", problems[0]);
}
