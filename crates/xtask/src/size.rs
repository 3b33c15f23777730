//! The size of the app: every shipped file raw, with gzip and with brotli, and the gate on what a first visit
//! downloads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use naast_devserver::headers::is_hashed;

use crate::build::{build, dist};
use crate::compress::{brotli, gzip};
use crate::files::{is_compressed, is_for_later, is_for_parents, is_precached, list};
use crate::shell::{root, say};

/// The limit for what a first visit downloads before Naast can be used, in bytes after brotli: some 4.5 seconds on
/// a slow 3G network.
const GATE: usize = 220_000;

/// The limit for what is downloaded after that, in bytes after brotli. Nobody waits for it.
const LATER: usize = 190_000;

/// The limit for what parents read in one language, in bytes after brotli. Dutch has the drawings too.
const LANGUAGE: usize = 12_000;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl std::ops::AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

/// Sizes by name, with hashes in names replaced by `*`, and the totals as two more rows.
type Table = BTreeMap<String, Size>;

/// The row of the gate. Brackets sort after letters, so totals come last.
const FIRST_VISIT_ROW: &str = "{first visit}";
const LATER_ROW: &str = "{for later}";
const LANGUAGES_ROW: &str = "{for parents}";
const ALL_ROW: &str = "{all files}";

/// Prints the table; `write` saves it for later comparisons.
///
/// # Errors
/// If the build fails, or if a file cannot be read or written.
pub(crate) fn command(write: bool) -> Result<()> {
    build()?;
    let table = measure(&dist())?;
    let before = committed()?;
    print!("{}", show(&table, &before));
    if write {
        std::fs::write(table_file(), to_tsv(&table))?;
        say("Kept in docs/size.tsv");
    }
    Ok(())
}

/// Checks the sizes of a first visit, and of what comes after it, against their gates. It prints the table as
/// well.
///
/// # Errors
/// If one of them is too large, or if a file cannot be read.
pub(crate) fn gate() -> Result<()> {
    let (table, before) = (measure(&dist())?, committed()?);
    print!("{}", show(&table, &before));
    let languages = table.keys().filter(|name| is_for_parents(name)).map(|name| (name.as_str(), LANGUAGE));
    for (row, most) in [(FIRST_VISIT_ROW, GATE), (LATER_ROW, LATER)].into_iter().chain(languages) {
        let bytes = table.get(row).map_or(0, |size| size.brotli);
        ensure!(bytes <= most, "{row}: {bytes} bytes after brotli, and {most} is the most");
        println!("{row}: {bytes} of {most} bytes after brotli");
    }
    Ok(())
}

fn table_file() -> PathBuf {
    root().join("docs/size.tsv")
}

fn committed() -> Result<Table> {
    match std::fs::read_to_string(table_file()) {
        Ok(text) => from_tsv(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Table::new()),
        Err(error) => Err(error).context("cannot read docs/size.tsv"),
    }
}

fn measure(folder: &Path) -> Result<Table> {
    let mut table = Table::new();
    let [mut first, mut later, mut languages, mut all] = [Size::default(); 4];
    for (name, path) in list(folder)?.into_iter().filter(|(name, _)| !is_compressed(name)) {
        let size = size_of(&std::fs::read(&path)?)?;
        all += size;
        if is_for_later(&name) {
            later += size;
        } else if is_for_parents(&name) {
            languages += size;
        } else if is_precached(&name) || name == "index.html" || name == "sw.js" {
            first += size;
        }
        table.insert(without_hash(&name), size);
    }
    table.insert(FIRST_VISIT_ROW.to_owned(), first);
    table.insert(LATER_ROW.to_owned(), later);
    table.insert(LANGUAGES_ROW.to_owned(), languages);
    table.insert(ALL_ROW.to_owned(), all);
    Ok(table)
}

fn size_of(bytes: &[u8]) -> Result<Size> {
    Ok(Size { raw: bytes.len(), gzip: gzip(bytes)?.len(), brotli: brotli(bytes)?.len() })
}

/// `naast-0123456789ab.js` → `naast-*.js`
pub(crate) fn without_hash(name: &str) -> String {
    match name.rsplit_once('-') {
        Some((start, end)) if is_hashed(name) => {
            let extension = end.split_once('.').map_or("", |(_, extension)| extension);
            format!("{start}-*.{extension}")
        }
        _ => name.to_owned(),
    }
}

fn show(table: &Table, before: &Table) -> String {
    let mut text = format!("{:<30}{:>10}{:>10}{:>10}{:>10}\n", "file", "raw", "gzip", "brotli", "change");
    for (name, size) in table {
        let change = match before.get(name) {
            Some(old) if old.brotli == size.brotli => "=".to_owned(),
            Some(old) if old.brotli > size.brotli => format!("-{}", old.brotli - size.brotli),
            Some(old) => format!("+{}", size.brotli - old.brotli),
            None => "new".to_owned(),
        };
        text.push_str(&format!("{name:<30}{:>10}{:>10}{:>10}{change:>10}\n", size.raw, size.gzip, size.brotli));
    }
    for name in before.keys().filter(|name| !table.contains_key(*name)) {
        text.push_str(&format!("{name:<30}{:>40}\n", "gone"));
    }
    text
}

fn to_tsv(table: &Table) -> String {
    let mut text = "file\traw\tgzip\tbrotli\n".to_owned();
    for (name, size) in table {
        text.push_str(&format!("{name}\t{}\t{}\t{}\n", size.raw, size.gzip, size.brotli));
    }
    text
}

fn from_tsv(text: &str) -> Result<Table> {
    let mut table = Table::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let row = || {
            let [name, raw, gzip, brotli] = cells.as_slice() else {
                return None;
            };
            let size = Size { raw: raw.parse().ok()?, gzip: gzip.parse().ok()?, brotli: brotli.parse().ok()? };
            Some(((*name).to_owned(), size))
        };
        let (name, size) = row().with_context(|| format!("docs/size.tsv line {}: no row of sizes", number + 1))?;
        table.insert(name, size);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, usize)]) -> Table {
        rows.iter()
            .map(|(name, brotli)| {
                let size = Size { raw: brotli * 3, gzip: brotli * 2, brotli: *brotli };
                ((*name).to_owned(), size)
            })
            .collect()
    }

    #[test]
    fn a_table_survives_writing_and_reading() {
        let table = table(&[("a-*.js", 10), ("index.html", 20)]);
        assert_eq!(from_tsv(&to_tsv(&table)).unwrap(), table);
    }

    #[test]
    fn a_broken_table_names_its_line() {
        let error = from_tsv("file\traw\tgzip\tbrotli\na\t1\t2\n").unwrap_err();
        assert!(error.to_string().contains("line 2"));
    }

    #[test]
    fn changes_are_shown_in_brotli_bytes() {
        let before = table(&[("a", 10), ("b", 10), ("c", 10), ("d", 10)]);
        let now = table(&[("a", 7), ("b", 10), ("c", 15), ("e", 1)]);
        let text = show(&now, &before);
        let row = |name| text.lines().find(|line| line.starts_with(name)).unwrap();
        assert!(row("a ").ends_with(" -3"));
        assert!(row("b ").ends_with(" ="));
        assert!(row("c ").ends_with(" +5"));
        assert!(row("d ").ends_with(" gone"));
        assert!(row("e ").ends_with(" new"));
    }

    #[test]
    fn names_are_compared_without_their_hash() {
        assert_eq!(without_hash("naast_bg-0123456789ab.wasm"), "naast_bg-*.wasm");
        assert_eq!(without_hash("icons/icon-192.png"), "icons/icon-192.png");
    }

    #[test]
    fn a_first_visit_is_all_but_screenshots_and_headers_and_what_is_for_later() {
        let folder = std::env::temp_dir().join(format!("naast-size-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("screenshots")).unwrap();
        for name in ["index.html", "sw.js", "a.js", "relay-0123456789ab.js", "_headers", "screenshots/x.png", "a.js.br"]
        {
            std::fs::write(folder.join(name), "0123456789").unwrap();
        }
        let table = measure(&folder).unwrap();
        assert_eq!(table[FIRST_VISIT_ROW].raw, 30);
        assert_eq!(table[LATER_ROW].raw, 10);
        assert_eq!(table[ALL_ROW].raw, 60);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
