//! Writing JSON, with two spaces a level so that a person can read along.

use core::fmt::Write;

/// JSON so far.
#[derive(Default)]
pub(super) struct Json {
    out: String,
    depth: usize,
    /// Something stands on this level already.
    follows: bool,
}

impl Json {
    /// Opens an object or a list, as the document or as an item.
    pub(super) fn open(&mut self, bracket: char) {
        self.item();
        self.begin(bracket);
    }

    fn begin(&mut self, bracket: char) {
        self.out.push(bracket);
        self.depth += 1;
        self.follows = false;
    }

    /// Closes it.
    pub(super) fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if self.follows {
            self.line();
        }
        self.out.push(bracket);
        self.follows = true;
    }

    fn line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// Goes to where the next item stands.
    fn item(&mut self) {
        if self.follows {
            self.out.push(',');
        }
        if self.depth > 0 {
            self.line();
        }
        self.follows = true;
    }

    fn name(&mut self, name: &str) {
        self.item();
        self.string(name);
        self.out.push_str(": ");
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                // A line separator is allowed in JSON and breaks older readers.
                c if c < ' ' || matches!(c, '\u{7f}' | '\u{2028}' | '\u{2029}') => {
                    // Writing to a String does not fail.
                    let _ = write!(self.out, "\\u{:04x}", u32::from(c));
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    /// A text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.maybe(name, Some(text));
    }

    /// A text, or `null`.
    pub(super) fn maybe(&mut self, name: &str, text: Option<&str>) {
        self.name(name);
        match text {
            Some(text) => self.string(text),
            None => self.out.push_str("null"),
        }
    }

    /// A number, or `null`.
    pub(super) fn number(&mut self, name: &str, number: Option<i64>) {
        self.name(name);
        match number {
            Some(number) => {
                let _ = write!(self.out, "{number}");
            }
            None => self.out.push_str("null"),
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, name: &str, on: bool) {
        self.name(name);
        self.out.push_str(if on { "true" } else { "false" });
    }

    /// A list of objects, which `write` fills.
    pub(super) fn list<T>(&mut self, name: &str, items: &[T], write: &dyn Fn(&T, &mut Self)) {
        self.name(name);
        self.begin('[');
        for item in items {
            self.open('{');
            write(item, self);
            self.close('}');
        }
        self.close(']');
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, name: &str, texts: &[String]) {
        self.name(name);
        self.begin('[');
        for text in texts {
            self.item();
            self.string(text);
        }
        self.close(']');
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.out
    }
}
