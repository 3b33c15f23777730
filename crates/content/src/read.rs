//! Parses files to content. It only looks at the structure; the checks look at the meaning.

use naast_core::content::{Content, Group, Help, Phase, Texts};
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::messages::{self, Message};
use crate::problem::At;
use crate::{Files, Problem, source};

/// The contents of the files of a language.
pub(crate) struct Language {
    pub(crate) content: Content,
    pub(crate) ideas: Vec<source::Idea>,
    pub(crate) jargon: Jargon,
    pub(crate) passphrase_words: Vec<String>,
    pub(crate) messages: Vec<Message>,
    /// The name of the folder: `nl`.
    pub(crate) name: String,
}

/// The words to avoid.
pub(crate) struct Jargon {
    /// In lower case; also within longer words.
    pub(crate) words: Vec<String>,
    pub(crate) allowed: Vec<source::Allowed>,
}

pub(crate) fn language(files: &Files) -> Result<Language, Vec<Problem>> {
    let mut reader = Reader { files, problems: Vec::new() };
    let language = reader.language();
    match language {
        Some(language) if reader.problems.is_empty() => Ok(language),
        _ => {
            reader.problems.sort();
            Err(reader.problems)
        }
    }
}

pub(crate) fn passphrase_words(files: &Files) -> Vec<String> {
    let text = files.get(&files.in_language(WORDS)).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

const WORDS: &str = "passphrase-words.txt";

struct Reader<'f> {
    files: &'f Files,
    problems: Vec<Problem>,
}

/// The table of a file, from which known keys are taken one by one.
struct Taken {
    file: String,
    table: Table,
}

impl Reader<'_> {
    /// `None` if something could not be read; the problems are noted.
    fn language(&mut self) -> Option<Language> {
        let groups = self.list::<source::Group, Group>("groups.toml", "group");
        self.only_known_files(&groups);

        let mut principles = Vec::new();
        for group in &groups {
            let file = format!("principles/{}.toml", group.id);
            let of_group = self.list::<source::Principle, source::Principle>(&file, "principle");
            principles.extend(of_group.into_iter().map(|principle| principle.of_group(&group.id)));
        }
        let mut questions = Vec::new();
        for phase in Phase::ALL {
            let of_phase = self.list::<source::Question, source::Question>(&question_file(phase), "question");
            questions.extend(of_phase.into_iter().map(|question| question.of_phase(phase)));
        }

        let mut file = self.open("outcomes.toml");
        let outcomes = self.items::<source::Outcome, _>(&mut file, "outcome");
        let checks = self.items::<source::Check, _>(&mut file, "check");
        let meanings = self.items::<source::Meaning, _>(&mut file, "meaning");
        self.close(file);
        let signs = self.list::<source::Sign, _>("signs.toml", "sign");
        let visits = self.list::<source::VisitKind, _>("visits.toml", "visit");
        let tools = self.list::<source::Tool, _>("tools.toml", "tool");
        let reflections = self.list::<source::Reflection, _>("reflections.toml", "reflection");
        let leaflet = self.list::<source::Leaflet, _>("leaflet.toml", "leaflet");
        let sources = self.list::<source::Source, _>("sources.toml", "source");
        let help = self.help();
        let texts = self.texts();

        let mut file = self.open("jargon.toml");
        let words = self.value(&mut file, "words");
        let allowed = self.items::<source::Allowed, _>(&mut file, "allowed");
        self.close(file);

        let mut file = self.open_path("inventory.toml".to_owned());
        let ideas = self.items::<source::Idea, _>(&mut file, "idea");
        self.close(file);

        let words_file = self.files.in_language(WORDS);
        if self.files.get(&words_file).is_none() {
            self.problems.push(At::new(&words_file, "", "").says("is missing"));
        }
        let messages = messages::read(self.files).unwrap_or_else(|problems| {
            self.problems.extend(problems);
            Vec::new()
        });
        let (help, texts) = (help?, texts?);
        Some(Language {
            messages,
            content: Content {
                groups,
                principles,
                questions,
                outcomes,
                checks,
                meanings,
                signs,
                visits,
                tools,
                reflections,
                leaflet,
                sources,
                help,
                texts,
            },
            ideas,
            jargon: Jargon { words: words?, allowed },
            passphrase_words: passphrase_words(self.files),
            name: self.files.language().to_owned(),
        })
    }

    fn help(&mut self) -> Option<Help> {
        let mut file = self.open("help.toml");
        let lines = self.items::<source::Line, _>(&mut file, "line");
        let volunteer_steps = self.items::<source::Step, _>(&mut file, "volunteer-step");
        let meldcode_steps = self.items::<source::Step, _>(&mut file, "meldcode-step");
        let facts = self.items::<source::Fact, _>(&mut file, "fact");
        let checked = self.value(&mut file, "checked");
        let notes: Option<source::Notes> = self.value(&mut file, "notes");
        self.close(file);
        let notes = notes?;
        Some(Help {
            checked: checked?,
            lines,
            volunteer_steps,
            meldcode_steps,
            facts,
            do_note: notes.r#do,
            do_not_note: notes.do_not,
        })
    }

    fn texts(&mut self) -> Option<Texts> {
        let Taken { file, table } = self.open("texts.toml");
        let texts = self.convert::<source::Texts>(Value::Table(table), &file, "");
        texts.map(Into::into)
    }

    /// A file that nothing reads is a mistake: a phase that is misspelt, a group that is not in the list.
    fn only_known_files(&mut self, groups: &[Group]) {
        let mut known: Vec<String> = [
            "groups.toml",
            "outcomes.toml",
            "signs.toml",
            "visits.toml",
            "tools.toml",
            "reflections.toml",
            "leaflet.toml",
            "sources.toml",
            "help.toml",
            "texts.toml",
            "jargon.toml",
            messages::FILE,
            WORDS,
        ]
        .map(str::to_owned)
        .into();
        known.extend(groups.iter().map(|group| format!("principles/{}.toml", group.id)));
        known.extend(Phase::ALL.map(question_file));
        let known: Vec<String> = known.iter().map(|name| self.files.in_language(name)).collect();
        for name in self.files.names() {
            if name != "inventory.toml" && !known.iter().any(|known| known == name) {
                let message = "is not a file Naast knows; README.md lists the names (a file of principles is called after its group, a file of questions after its phase)";
                self.problems.push(At::new(name, "", "").says(message));
            }
        }
    }

    /// The items of a file with one kind of item.
    fn list<S, T>(&mut self, name: &str, key: &str) -> Vec<T>
    where
        S: DeserializeOwned,
        T: From<S>,
    {
        let mut taken = self.open(name);
        let items = self.items(&mut taken, key);
        self.close(taken);
        items
    }

    fn open(&mut self, name: &str) -> Taken {
        self.open_path(self.files.in_language(name))
    }

    fn open_path(&mut self, file: String) -> Taken {
        let whole = At::new(&file, "", "");
        let table = match self.files.get(&file) {
            None => {
                self.problems.push(whole.says("is missing"));
                Table::new()
            }
            Some(text) => text.parse().unwrap_or_else(|error: toml::de::Error| {
                let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
                self.problems.push(whole.says(format!("line {line}: {}", error.message())));
                Table::new()
            }),
        };
        Taken { file, table }
    }

    /// Every key that is left is unknown.
    fn close(&mut self, taken: Taken) {
        for key in taken.table.keys() {
            self.problems
                .push(At::new(&taken.file, "", key).says("is not a key this file has; README.md shows the shape"));
        }
    }

    fn items<S, T>(&mut self, taken: &mut Taken, key: &str) -> Vec<T>
    where
        S: DeserializeOwned,
        T: From<S>,
    {
        let values = match taken.table.remove(key) {
            None => Vec::new(),
            Some(Value::Array(values)) => values,
            Some(_) => {
                self.problems.push(At::new(&taken.file, "", key).says(format!("begins with [[{key}]], two brackets")));
                Vec::new()
            }
        };
        let mut items = Vec::new();
        for (number, value) in (1..).zip(values) {
            let id = match value.get("id") {
                Some(Value::String(id)) => id.clone(),
                Some(Value::Integer(id)) => id.to_string(),
                _ => format!("{key} {number}"),
            };
            items.extend(self.convert::<S>(value, &taken.file, &id).map(T::from));
        }
        items
    }

    /// A required key outside any item.
    fn value<T: DeserializeOwned>(&mut self, taken: &mut Taken, key: &str) -> Option<T> {
        match taken.table.remove(key) {
            Some(value) => self.convert(value, &taken.file, key),
            None => {
                self.problems.push(At::new(&taken.file, "", key).says("is missing"));
                None
            }
        }
    }

    fn convert<T: DeserializeOwned>(&mut self, value: Value, file: &str, item: &str) -> Option<T> {
        value.try_into().map_err(|error| self.problems.push(misshapen(&error, file, item))).ok()
    }
}

/// Rewords what the TOML library reports about a value.
fn misshapen(error: &toml::de::Error, file: &str, item: &str) -> Problem {
    let said = error.message();
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    let whole = error.to_string();
    let inside = whole.lines().find_map(|line| line.strip_prefix("in ")).map(quoted).unwrap_or_default();
    let field = |name: String| if inside.is_empty() { name } else { format!("{inside}.{name}") };
    let (field, message) = if said.starts_with("missing field") {
        (field(quoted(said)), "is missing".to_owned())
    } else if said.starts_with("unknown field") {
        (field(quoted(said)), "is not a field of this item; README.md shows the shape".to_owned())
    } else {
        (inside, said.to_owned())
    };
    At::new(file, item, &field).says(message)
}

/// `questions/every-visit.toml`
pub(crate) fn question_file(phase: Phase) -> String {
    // A phase has the name in files that serde gives it.
    let name = Value::try_from(phase).ok();
    format!("questions/{}.toml", name.as_ref().and_then(Value::as_str).unwrap_or_default())
}
