//! Kills browsers while text is typed, and checks that everything the screen called saved is there.
//!
//! `kill_test [--engine chromium|firefox|webkit|all]… [--kills N] [--seed N] [--work NAME] [--dist FOLDER]`
//!
//! It prints a table. It fails if something is lost that the screen called saved, if the screen called it saved
//! before the journal had it (a kill would have to come within those milliseconds to lose it), if something
//! cannot be read, or if a change of several records is half done.
#![allow(clippy::print_stdout, reason = "its output is its purpose")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};
use naast_core::records::Record;
use naast_core::route::{Route, VisitScreen};
use naast_e2e::engine::Engine;
use naast_e2e::fixtures;
use naast_e2e::input::Input;
use naast_e2e::kill_test::{Chance, Note, Report, spread};
use naast_e2e::runner::interrupted;
use serde_json::{Value, from_value, json};

/// No kill takes longer unless something hangs.
const LIMIT: Duration = Duration::from_secs(180);

const NICKNAME: &str = "Das";
const INTENTION: &str = "Wat neem je je voor?";

/// Words to type; some have letters of more than one byte.
const WORDS: [&str; 10] =
    ["soep", "één", "‘samen’", "geïnd", "fiets", "rustig", "naar", "school", "tekening…", "buurvrouw"];

/// The activity during which the browser is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// Typing in several notes.
    Typing,
    /// A family is deleted with all its visits, and restored.
    Several,
    /// The vault opens, and what one store lacks is copied from the other.
    Opening,
    /// A backup is merged into the vault.
    Restoring,
    /// The passphrase of the vault is changed.
    Rephrasing,
    /// A newer version of the app is applied, with notes just typed.
    Updating,
}

/// The moment of the kill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// At a random moment.
    Any,
    /// As soon as the screen says that everything is saved, plus a random delay.
    JustKept,
    /// The same, with the page hidden at the very moment of storing.
    Turned,
}

/// Taken in turn, so that a few kills include every kind; the moments themselves are random.
const TURNS: [(Work, Moment); 9] = [
    (Work::Typing, Moment::JustKept),
    (Work::Opening, Moment::Any),
    (Work::Several, Moment::Any),
    (Work::Typing, Moment::Any),
    (Work::Several, Moment::JustKept),
    (Work::Typing, Moment::Turned),
    (Work::Restoring, Moment::Any),
    (Work::Rephrasing, Moment::Any),
    (Work::Updating, Moment::Any),
];

#[tokio::main]
async fn main() -> ExitCode {
    kill_test().await.unwrap_or_else(|error| {
        println!("{error:#}");
        ExitCode::FAILURE
    })
}

struct Options {
    engines: Vec<Engine>,
    dist: PathBuf,
    kills: usize,
    seed: u64,
    /// Only turns with this activity, if one is named.
    work: String,
    evidence: PathBuf,
}

fn options() -> Result<Options> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no folder above")?;
    let mut options = Options {
        engines: Vec::new(),
        dist: root.join("dist"),
        kills: 200,
        seed: SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
        work: String::new(),
        evidence: root.join("target/kill-test"),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{argument} wants a value"))?;
        match (argument.as_str(), value.as_str()) {
            ("--engine", "all") => options.engines.extend(Engine::ALL),
            ("--engine", name) => {
                options.engines.push(Engine::named(name).with_context(|| format!("no engine is called {name}"))?);
            }
            ("--dist", folder) => options.dist = folder.into(),
            ("--kills", number) => options.kills = number.parse().context("--kills wants a number")?,
            ("--work", name) => name.clone_into(&mut options.work),
            ("--seed", number) => options.seed = number.parse().context("--seed wants a number")?,
            _ => bail!("unknown option {argument}"),
        }
    }
    ensure!(options.kills > 0, "without a kill nothing is proven");
    if options.engines.is_empty() {
        options.engines.extend(Engine::ALL);
    }
    Ok(options)
}

async fn kill_test() -> Result<ExitCode> {
    let options = options()?;
    println!("seed {}", options.seed);
    // A signal must let the browsers end first: they end when their owners are dropped.
    tokio::select! {
        code = all(&options) => Ok(code),
        () = interrupted() => bail!("interrupted"),
    }
}

async fn all(options: &Options) -> ExitCode {
    let mut tallies = Vec::new();
    let mut whole = true;
    for engine in &options.engines {
        let mut tally = Tally::of(*engine);
        if let Err(error) = kill(options, &mut tally).await {
            println!("{}: {error:#}", engine.name());
            whole = false;
        }
        tallies.push(tally);
    }
    println!("\n{}", table(&tallies));
    for tally in &tallies {
        for wrong in &tally.wrong {
            println!("WRONG  {}, {wrong}", tally.engine.name());
        }
    }
    let sound = whole && tallies.iter().all(|tally| tally.wrong.is_empty());
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The results of all kills in one engine.
struct Tally {
    engine: Engine,
    kills: usize,
    kept_lost: usize,
    unreadable: usize,
    half: usize,
    early: usize,
    /// For every kill at a random moment of typing: missing characters, and the age in ms of the first of
    /// them. Kills at a saved moment would only make these look smaller.
    missing: Vec<(f64, f64)>,
    took: Duration,
    wrong: Vec<String>,
}

impl Tally {
    fn of(engine: Engine) -> Self {
        Self {
            engine,
            kills: 0,
            kept_lost: 0,
            unreadable: 0,
            half: 0,
            early: 0,
            missing: Vec::new(),
            took: Duration::ZERO,
            wrong: Vec::new(),
        }
    }
}

fn table(tallies: &[Tally]) -> String {
    let mut text = String::from(
        "| engine | kills | kept texts lost | called kept too early \
         | unreadable records | half-done changes \
         | killed at a random moment of typing | keystrokes lost: median, 90 %, worst \
         | ms lost: median, 90 %, worst | s per kill |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for tally in tallies {
        let three = |[middle, most, worst]: [f64; 3]| format!("{middle:.0}, {most:.0}, {worst:.0}");
        let (strokes, times): (Vec<f64>, Vec<f64>) = tally.missing.iter().copied().unzip();
        let each = tally.took.as_secs_f64() / f64::from(u32::try_from(tally.kills.max(1)).unwrap_or(u32::MAX));
        // Writing to a text does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {each:.1} |",
            tally.engine.name(),
            tally.kills,
            tally.kept_lost,
            tally.early,
            tally.unreadable,
            tally.half,
            tally.missing.len(),
            three(spread(&strokes)),
            three(spread(&times)),
        );
    }
    text
}

async fn kill(options: &Options, tally: &mut Tally) -> Result<()> {
    let engine = tally.engine;
    let logs = options.evidence.join(engine.name());
    let hands = Input::start(engine, &options.dist, &logs).await?;
    let mut proof = Proof::prepare(hands, options.seed).await?;
    let start = Instant::now();
    let wanted = |(work, _): &(Work, Moment)| options.work.is_empty() || format!("{work:?}") == options.work;
    ensure!(TURNS.iter().any(wanted), "no work is called {}", options.work);
    for (work, moment) in TURNS.into_iter().filter(wanted).cycle() {
        if tally.kills >= options.kills {
            break;
        }
        let begun = Instant::now();
        let came = match tokio::time::timeout(LIMIT, proof.kill(work, moment, tally)).await {
            Ok(came) => came.with_context(|| format!("kill {}", tally.kills))?,
            Err(_) => bail!("kill {} takes longer than {} seconds", tally.kills, LIMIT.as_secs()),
        };
        tally.took = start.elapsed();
        let seconds = begun.elapsed().as_secs_f32();
        println!("{:<9}{:>4}  {work:?}, {moment:?}: {came}  ({seconds:.1} s)", engine.name(), tally.kills);
    }
    Ok(())
}

/// A vault in a browser, and what must be in it.
struct Proof {
    hands: Input,
    chance: Chance,
    words: Value,
    /// The passphrase that is being set.
    next: Option<Value>,
    notes: Vec<Note>,
    /// The last report of the page.
    last: Option<Report>,
    /// Since the last kill the screen called something saved that the journal did not have yet.
    early: bool,
    family: Value,
    /// The visits of that family: the address and the note of each.
    visits: Vec<(String, String)>,
    guests: Guests,
    /// The number of newer versions so far.
    versions: u32,
    unreadable: usize,
}

/// A family with visits that is in a backup, and is restored from it.
struct Guests {
    backup: Vec<u8>,
    family: String,
    /// The address and the note of each visit.
    visits: Vec<(String, String)>,
}

/// The passphrase of the guests.
const GUEST: &str = "Otter";
/// The file with their backup.
const GUEST_WORDS: &str = "zolder haring trommel wilg akker";

impl Guests {
    fn new() -> Result<Self> {
        let family = fixtures::family(9, GUEST);
        let mut records = vec![Record::Family(family.clone())];
        let mut visits = Vec::new();
        for nth in 1..=40 {
            let mut visit = fixtures::visit(nth, &family);
            visit.intention = format!("Bezoek {nth} van {GUEST}");
            let route = Route::Visit(family.id, visit.id, VisitScreen::Prepare);
            visits.push((route.to_string(), visit.intention.clone()));
            records.push(Record::Visit(visit));
        }
        // Checking all of them would take longer than everything else.
        let visits = vec![visits.swap_remove(0), visits.pop().context("a visit")?];
        let family = Route::Family(family.id).to_string();
        Ok(Self { backup: fixtures::backup(GUEST_WORDS, records)?, family, visits })
    }
}

impl Proof {
    /// Creates the vault: a family whose notes are typed, and one that is deleted and restored.
    async fn prepare(mut hands: Input, seed: u64) -> Result<Self> {
        let words = hands.ask("vault", &[]).await?;
        let family = hands.ask("family", &[json!("Vos")]).await?;
        let mut notes = Vec::new();
        for _ in 0..2 {
            let visit: String = from_value(hands.ask("visit", std::slice::from_ref(&family)).await?)?;
            notes.push(Note::new(format!("{visit}/voorbereiden"), INTENTION));
            for label in ["Gezien en gehoord", "Wat ik ervan denk"] {
                notes.push(Note::new(format!("{visit}/terugkijken"), label));
            }
        }
        let mut proof = Self {
            hands,
            chance: Chance(seed),
            words,
            next: None,
            notes,
            last: None,
            early: false,
            family: Value::Null,
            visits: Vec::new(),
            guests: Guests::new()?,
            versions: 0,
            unreadable: 0,
        };
        proof.add_herd().await?;
        Ok(proof)
    }

    /// The family that is deleted and restored, with its visits.
    async fn add_herd(&mut self) -> Result<()> {
        self.family = self.hands.ask("family", &[json!(NICKNAME)]).await?;
        self.visits.clear();
        for nth in 1..=3 {
            let visit: String = from_value(self.hands.ask("visit", std::slice::from_ref(&self.family)).await?)?;
            let (visit, note) = (format!("{visit}/voorbereiden"), format!("Bezoek {nth} van {NICKNAME}"));
            self.hands.ask("write", &[json!(visit), json!(INTENTION), json!(note)]).await?;
            self.visits.push((visit, note));
        }
        Ok(())
    }

    /// Works, kills, starts again and checks; returns a description of the result. The vault is open before
    /// and after.
    async fn kill(&mut self, work: Work, moment: Moment, tally: &mut Tally) -> Result<String> {
        match work {
            Work::Updating => {
                self.work(Work::Typing, Moment::Any).await?;
                self.versions += 1;
                self.hands.publish(&format!("feed{:08x}", self.versions))?;
                let came = self.hands.ask("update", &[]).await?;
                ensure!(came == json!(true), "the newer version does not come");
                self.hands.ask("apply", &[]).await?;
                tokio::time::sleep(Duration::from_millis(self.chance.between(0, 900))).await;
            }
            Work::Typing | Work::Several | Work::Restoring | Work::Rephrasing => self.work(work, moment).await?,
            Work::Opening => {
                // Twice: repairs after the first kill are killed as well.
                self.work(Work::Typing, Moment::Any).await?;
                self.hands.kill().await?;
                tally.kills += 1;
                self.hands.ask("open", std::slice::from_ref(&self.words)).await?;
                tokio::time::sleep(Duration::from_millis(self.chance.between(0, 800))).await;
            }
        }
        self.hands.kill().await?;
        tally.kills += 1;
        self.rephrased(tally).await?;
        let opened = async {
            self.hands.ask("open", std::slice::from_ref(&self.words)).await?;
            self.hands.ask("opened", &[]).await
        };
        let screen = opened.await.context("the vault does not open")?;
        self.look(work, moment, screen.as_str().unwrap_or_default(), tally).await
    }

    /// After a kill during a change of passphrase: finds out which one is valid. It must be the new one if
    /// the screen said so, and may be either otherwise.
    async fn rephrased(&mut self, tally: &mut Tally) -> Result<()> {
        let Some(next) = self.next.take() else { return Ok(()) };
        if self.hands.ask("tries", std::slice::from_ref(&next)).await? == json!(true) {
            self.words = next;
            // As after any kill: locked, to be opened by what follows.
            self.hands.kill().await
        } else {
            if self.last.as_ref().is_some_and(|report| report.phase == "changed") {
                tally.kept_lost += 1;
                tally.wrong.push(format!("kill {}: the screen said that the passphrase was changed", tally.kills));
            }
            Ok(())
        }
    }

    /// Works until the moment of the kill.
    async fn work(&mut self, work: Work, moment: Moment) -> Result<()> {
        let seed = self.chance.number() >> 32;
        for note in &mut self.notes {
            let mut text = format!("{seed:x}");
            while text.len() < 900 {
                text.push(' ');
                text.push_str(WORDS[usize::try_from(self.chance.between(0, 10))?]);
            }
            note.begin(text);
        }
        let name = match work {
            Work::Several => "several",
            Work::Restoring => "restore",
            Work::Rephrasing => "words",
            _ => "type",
        };
        if work == Work::Rephrasing {
            self.next = Some(json!(format!("wachtzin {seed:x} zolder haring trommel wilg akker")));
        }
        let plan = json!({
            "work": name,
            "words": if work == Work::Restoring { json!(GUEST_WORDS) } else { self.words.clone() },
            "next": self.next,
            "backup": if work == Work::Restoring { json!(self.guests.backup) } else { Value::Null },
            "seed": seed,
            "notes": self.notes.iter().map(Note::plan).collect::<Vec<_>>(),
            "family": self.family,
            "visit": self.visits[0].0,
        });
        self.hands.ask("start", &[plan]).await?;
        let until = Instant::now() + Duration::from_millis(self.chance.between(200, 2_500));
        while Instant::now() < until {
            self.report("report", &[]).await?;
        }
        match moment {
            Moment::JustKept => self.report("kept", &[]).await?,
            Moment::Turned => self.report("kept", &[json!("a page turned")]).await?,
            // It went on after the last report, so all that can be required is all or nothing.
            Moment::Any if work == Work::Several => self.last = None,
            Moment::Any => {}
        }
        Ok(())
    }

    /// Records a report of the page.
    async fn report(&mut self, when: &str, with: &[Value]) -> Result<()> {
        let report: Report = from_value(self.hands.ask(when, with).await?).context("a report")?;
        if let Some(error) = report.error {
            bail!("the page: {error}");
        }
        for (at, time) in &report.strokes {
            self.notes.get_mut(*at).context("a note")?.stroke(*time);
        }
        for (note, typed) in self.notes.iter_mut().zip(&report.typed) {
            note.reported(*typed, report.kept);
        }
        self.early |= report.kept && report.writing > 0;
        self.last = Some(report);
        Ok(())
    }

    /// Checks everything that must be there.
    async fn look(&mut self, work: Work, moment: Moment, screen: &str, tally: &mut Tally) -> Result<String> {
        let nth = tally.kills;
        let last = self.last.take();
        if std::mem::take(&mut self.early) {
            tally.early += 1;
            tally.wrong.push(format!("kill {nth}: called kept while the journal was still being written"));
        }
        let unreadable = unreadable(screen);
        if unreadable > self.unreadable {
            tally.unreadable += unreadable - self.unreadable;
            tally.wrong.push(format!("kill {nth}: {unreadable} records cannot be read"));
        }
        self.unreadable = unreadable;

        let (mut missing, mut since) = (0, None::<f64>);
        for note in &mut self.notes {
            let value = self.hands.ask("look", &[json!(note.hash), json!(note.label)]).await?;
            let found = note.found(value.as_str());
            missing += found.missing;
            since = [since, found.since].into_iter().flatten().reduce(f64::min);
            if let Some(wrong) = found.wrong {
                tally.kept_lost += 1;
                tally.wrong.push(format!("kill {nth}: {wrong}"));
            }
        }
        if work == Work::Restoring {
            let back = last.as_ref().is_some_and(|report| report.phase == "back");
            return self.look_at_guests(back, tally).await;
        }
        let herd = self.look_at_herd(last.as_ref().map(|report| report.phase.as_str()), nth, tally).await?;
        match work {
            Work::Several => return Ok(herd),
            Work::Rephrasing => return Ok("the vault opens".to_owned()),
            _ => {}
        }
        let age = last.zip(since).map_or(0.0, |(last, since)| (last.now - since).max(0.0));
        let missing = f64::from(u32::try_from(missing)?);
        if moment == Moment::Any {
            tally.missing.push((missing, age));
        }
        Ok(format!("{missing} keystrokes lost, {age:.0} ms"))
    }

    /// The family of the backup is there with its visits, or nothing of it; then it is deleted again.
    async fn look_at_guests(&mut self, back: bool, tally: &mut Tally) -> Result<String> {
        let nth = tally.kills;
        let name = self.hands.ask("there", &[json!(self.guests.family), json!(GUEST)]).await?;
        let mut there = vec![name == json!(true)];
        for (hash, note) in &self.guests.visits {
            let value = self.hands.ask("look", &[json!(hash), json!(INTENTION)]).await?;
            there.push(value.as_str() == Some(note));
        }
        let all = there.iter().all(|is| *is);
        if !all && there.contains(&true) {
            tally.half += 1;
            tally.wrong.push(format!("kill {nth}: of the backup is there: {there:?}"));
        } else if back && !all {
            tally.kept_lost += 1;
            tally.wrong.push(format!("kill {nth}: the screen said that the backup was put back"));
        }
        if there[0] {
            let plan = json!({ "notes": self.notes.iter().map(Note::plan).collect::<Vec<_>>() });
            self.hands.ask("clear", &[json!(self.guests.family), plan]).await?;
        }
        Ok(if all { "the backup is there" } else { "nothing of the backup is there" }.to_owned())
    }

    /// The family with its visits is there, or nothing of it.
    async fn look_at_herd(&mut self, phase: Option<&str>, nth: usize, tally: &mut Tally) -> Result<String> {
        let name = self.hands.ask("there", &[self.family.clone(), json!(NICKNAME)]).await?;
        let mut there = vec![name == json!(true)];
        for (hash, note) in &self.visits {
            let value = self.hands.ask("look", &[json!(hash), json!(INTENTION)]).await?;
            there.push(value.as_str() == Some(note));
        }
        let (all, none) = (there.iter().all(|is| *is), !there.iter().any(|is| *is));
        let came = if all {
            "the family is there"
        } else if none {
            "the family is gone"
        } else {
            "HALF DONE"
        };
        if !all && !none {
            tally.half += 1;
            tally.wrong.push(format!("kill {nth}: of the family and its visits is there: {there:?}"));
        } else if match phase {
            Some("there" | "still") => !all,
            Some("gone") => !none,
            _ => false,
        } {
            tally.kept_lost += 1;
            tally.wrong.push(format!(
                "kill {nth}: the screen called kept that the family is {}; {came}",
                phase.unwrap_or_default()
            ));
        }
        if !all {
            self.add_herd().await?;
        }
        Ok(came.to_owned())
    }
}

/// The number of records that Naast reports as unreadable.
fn unreadable(text: &str) -> usize {
    let Some((before, _)) = text.split_once(" kon Naast niet lezen") else { return 0 };
    let number = before.split_whitespace().rev().nth(1).and_then(|number| number.parse().ok());
    number.unwrap_or(1)
}
