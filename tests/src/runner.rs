//! Runs scenarios and reports the results.
#![allow(clippy::print_stdout, reason = "its words are its work")]

use std::collections::VecDeque;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::task::JoinSet;

use crate::case::{Case, Needs};
use crate::engine::Engine;

/// No scenario takes longer unless something hangs.
const LIMIT: Duration = Duration::from_secs(300);

/// The function of a scenario.
pub type Run = for<'a> fn(&'a mut Case) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Something a person does with Naast, and the expected result.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// A plain sentence.
    pub name: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// The engines to run it in.
    pub engines: &'static [Engine],
    /// Its work.
    pub run: Run,
}

/// A scenario from an async function.
#[macro_export]
macro_rules! scenario {
    ($name:literal, $run:path $(, $field:ident : $value:expr)* $(,)?) => {
        $crate::runner::Scenario {
            $($field: $value,)*
            ..$crate::runner::Scenario::new($name, |case| Box::pin($run(case)))
        }
    };
}

impl Scenario {
    /// A scenario for all engines without special needs.
    #[must_use]
    pub const fn new(name: &'static str, run: Run) -> Self {
        Self { name, needs: Needs::NOTHING, engines: &Engine::ALL, run }
    }
}

/// What to run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The engines.
    pub engines: Vec<Engine>,
    /// The built app.
    pub dist: PathBuf,
    /// Only scenarios with one of these in their name; all if it is empty.
    pub only: String,
    /// The number of scenarios in parallel.
    pub at_once: usize,
    /// The folder for evidence of failures.
    pub evidence: PathBuf,
}

/// How many passed and failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
}

/// Runs all scenarios of the plan, and prints one line for each.
///
/// # Errors
/// If no scenario matches.
pub async fn run(plan: Plan, scenarios: &[Scenario]) -> Result<Tally> {
    let wanted = plan.only.to_lowercase();
    let queue: VecDeque<(Engine, Scenario)> = plan
        .engines
        .iter()
        .flat_map(|engine| scenarios.iter().map(move |scenario| (*engine, *scenario)))
        .filter(|(engine, scenario)| {
            scenario.engines.contains(engine) && scenario.name.to_lowercase().contains(&wanted)
        })
        .collect();
    if queue.is_empty() {
        bail!("no scenario has “{}” in its name", plan.only);
    }
    let queue = Arc::new(Mutex::new(queue));
    let plan = Arc::new(plan);
    let mut workers = JoinSet::new();
    for _ in 0..plan.at_once.max(1) {
        workers.spawn(work(Arc::clone(&queue), Arc::clone(&plan)));
    }
    let mut tally = Tally::default();
    while let Some(done) = workers.join_next().await {
        let part = done.context("a scenario broke off")?;
        tally.passed += part.passed;
        tally.failed += part.failed;
    }
    Ok(tally)
}

/// Waits for a signal to end.
pub async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut int), Ok(mut term)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = int.recv() => {}
        _ = term.recv() => {}
    }
}

async fn work(queue: Arc<Mutex<VecDeque<(Engine, Scenario)>>>, plan: Arc<Plan>) -> Tally {
    let mut tally = Tally::default();
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let Some((engine, scenario)) = next else { return tally };
        let start = Instant::now();
        let folder = plan.evidence.join(engine.name()).join(slug(scenario.name));
        let mut outcome = one(engine, scenario, &plan.dist, &folder).await;
        if outcome.is_err() && fell_over(&folder) {
            println!(
                "again   {:<9}         {}: WebKit’s process fell over a signal in GLib",
                engine.name(),
                scenario.name
            );
            outcome = one(engine, scenario, &plan.dist, &folder).await;
        }
        let seconds = start.elapsed().as_secs_f32();
        match outcome {
            Ok(()) => {
                tally.passed += 1;
                drop(std::fs::remove_dir_all(&folder));
                println!("ok      {:<9}{seconds:>6.1} s  {}", engine.name(), scenario.name);
            }
            Err(error) => {
                tally.failed += 1;
                drop(std::fs::write(folder.join("error.txt"), format!("{error:#}")));
                println!("FAILED  {:<9}{seconds:>6.1} s  {}", engine.name(), scenario.name);
                println!("{}\n        see {}", indented(&format!("{error:#}")), folder.display());
            }
        }
    }
}

async fn one(engine: Engine, scenario: Scenario, dist: &Path, folder: &Path) -> Result<()> {
    drop(std::fs::remove_dir_all(folder));
    std::fs::create_dir_all(folder)?;
    let mut case = Case::start(engine, scenario.needs, dist, folder).await?;
    let work = async {
        (scenario.run)(&mut case).await?;
        case.check().await
    };
    let outcome = match tokio::time::timeout(LIMIT, work).await {
        Ok(outcome) => outcome,
        Err(_) => Err(anyhow::anyhow!("it took longer than {} seconds", LIMIT.as_secs())),
    };
    if outcome.is_err() {
        // A browser that hangs cannot give evidence.
        drop(tokio::time::timeout(Duration::from_secs(30), case.keep_evidence(folder)).await);
    }
    case.browser.quit().await;
    outcome
}

/// The message of GLib when it ends the process of a page because a signal interrupted it between two lines.
/// WebKit sends itself a signal for every function of WebAssembly that it compiles, and its handler leaves EINTR
/// in errno; GLib (2.74) takes that for the result of getauxval. It happens once in some thousand scenarios.
/// Naast has no part in it, and the way to avoid it, not compiling, would differ from what people have.
const FELL_OVER: &str = "getauxval () failed";

/// Whether this is why a scenario failed.
fn fell_over(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join("driver.log")).is_ok_and(|log| log.contains(FELL_OVER))
}

fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("        {line}")).collect::<Vec<_>>().join("\n")
}
