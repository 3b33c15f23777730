//! Meer: a backup that stays locked, and putting one back.

use naast_core::order::joined;
use naast_vault::Passphrase;
use naast_vault::backup::{Contents, Refused, Whole};

use super::more_data::counted;
use super::unlock::progress;
use crate::browser::chosen_file::{ChosenFile, chosen};
use crate::browser::{clock, download, task};
use crate::node::{Element, Node, el, live};
use crate::nodes;
use crate::parts::{Icon, button, div, folded, h2, icon, link, p, p_of, secret_line, section, status};
use crate::session::{BackupError, Session};
use crate::state::App;
use crate::watched::Local;

/// How far putting one back has come.
#[derive(Default)]
enum Step {
    /// Nothing chosen yet.
    #[default]
    Choose,
    /// The file is locked with a passphrase that is not that of this vault.
    Ask(ChosenFile),
    /// This is in it.
    Show(Contents, Whole),
    /// Done.
    Done,
}

/// `#/meer/reservekopie`, behind the door.
pub fn backup(app: App) -> Node {
    let made = Local::new("");
    let make = move || {
        let name = format!("naast-{}.naast", clock::today().iso());
        let saved =
            app.session.backup().is_some_and(|all| download::save(&name, "application/octet-stream", &all).is_ok());
        made.set(if saved {
            "De kopie is gemaakt. Bewaar het bestand buiten deze telefoon."
        } else {
            "De kopie kon niet worden gemaakt. Je notities staan er nog."
        });
    };
    let out = section(
        "stack",
        nodes![
            p("Is je telefoon weg of stuk? Met een reservekopie heb je je notities nog."),
            p("De kopie zit op slot. Ze gaat open met de wachtzin die je nu hebt, ook als je die later wijzigt."),
            button("button main", nodes!["Maak een reservekopie"], make),
            status("", nodes![live(move || p(*made.read()))]),
        ],
    );
    div("stack-l", nodes![out, section("stack", nodes![h2("Terugzetten"), back(app.session)])]).into()
}

fn back(session: Session) -> Node {
    let step = Local::new(Step::Choose);
    let busy = Local::new(false);
    let problem = Local::new(String::new());
    let typed = Local::new(String::new());
    let shown = Local::new(false);
    let open = move |file: ChosenFile, passphrase: Option<Passphrase>| {
        busy.set(true);
        problem.set(String::new());
        task::spawn(async move {
            let outcome = session.open_backup(&file, passphrase.as_ref()).await;
            busy.set(false);
            match outcome {
                Ok(whole) => step.set(Step::Show(session.compared(&whole), whole)),
                Err(BackupError::OtherKey) if passphrase.is_none() => step.set(Step::Ask(file)),
                Err(error) => problem.set(in_words(error).to_owned()),
            }
        });
    };
    let inside = move || match &*step.read() {
        Step::Choose => {
            let choose = el("input")
                .class("input")
                .attr("type", "file")
                .attr("aria-label", "Kies een reservekopie")
                .on("change", move |event| chosen(&event).into_iter().for_each(|file| open(file, None)));
            div("stack", nodes![p("Kies het bestand. Eerst zie je wat erin zit; er verandert nog niets."), choose])
        }
        Step::Ask(file) => {
            let file = file.clone();
            let unlock = move || open(file.clone(), Some(Passphrase::from_typed(&typed.read_untracked())));
            div(
                "stack",
                nodes![
                    p("Deze kopie heeft een andere wachtzin dan deze kluis."),
                    secret_line("Wachtzin van de kopie", "", "off", move || shown.get(), typed),
                    super::unlock::show_typed(shown),
                    button("button main", nodes!["Open de kopie"], unlock),
                ],
            )
        }
        Step::Show(contents, whole) => show(session, step, contents, whole),
        Step::Done => div(
            "stack",
            nodes![
                p_of("card", "Teruggezet. Alles staat bij je gezinnen."),
                link("button wide", &naast_core::route::Route::Families, nodes!["Naar je gezinnen"]),
            ],
        ),
    };
    nodes![live(inside), progress(busy, "De kopie gaat open…", problem)].into()
}

/// What is in the file, before anything changes.
fn show(session: Session, step: Local<Step>, contents: &Contents, whole: &Whole) -> Element {
    let [families, visits, questions, concerns] = contents.counts;
    let lines = [
        format!("Gemaakt op {}.", clock::day_in_words(clock::day_of(contents.made))),
        format!("Gezinnen: {families}. {}", joined(&contents.families, ", ")),
        format!("Bezoeken: {visits}. Eigen vragen: {questions}. Zorgen: {concerns}."),
        format!("Nieuw hier: {}. Anders dan hier: {}.", contents.added, contents.changed),
    ];
    let lost = contents.newer + contents.broken + contents.blocked;
    let lost = (lost > 0).then(|| p(format!("{} niet terug.", counted(lost, "onderdeel kan", "onderdelen kunnen"))));
    let (add, replace) = (whole.clone(), whole.clone());
    let done = move |changes| {
        session.apply(changes);
        step.set(Step::Done);
    };
    let gone = format!(
        "Dit staat niet in de kopie en verdwijnt hier: {}.",
        counted(contents.only_here, "onderdeel", "onderdelen")
    );
    div(
        "stack",
        nodes![
            div("card stack-s", lines.into_iter().map(|line| p(line).into()).collect::<Vec<Node>>())
                .attr("dir", "auto"),
            lost,
            p_of("soft", "Bij toevoegen blijft alles wat hier is. Wat je na de kopie verwijderde, komt terug."),
            button("button main", nodes!["Voeg toe"], move || done(session.merged(add.clone()))),
            folded(
                "Liever alles vervangen?",
                nodes![
                    p(gone),
                    button("button care main", nodes![icon(Icon::Bin), "Vervang alles"], move || {
                        done(session.replaced(replace.clone()));
                    }),
                ],
            ),
            button("button wide", nodes!["Toch niet"], move || step.set(Step::Choose)),
        ],
    )
}

/// What happened, and that nothing changed.
fn in_words(error: BackupError) -> &'static str {
    match error {
        BackupError::Refused(Refused::Foreign) => "Dit is geen reservekopie van Naast. Er is niets veranderd.",
        BackupError::Refused(Refused::Newer) => {
            "Een nieuwere Naast maakte deze kopie. Werk Naast bij en probeer het opnieuw. Er is niets veranderd."
        }
        BackupError::Refused(Refused::Cut) | BackupError::Unreadable => {
            "Dit bestand is niet heel. Kopieer het nog een keer. Er is niets veranderd."
        }
        BackupError::Refused(Refused::Altered) => "Dit bestand is beschadigd of veranderd. Er is hier niets veranderd.",
        BackupError::OtherKey => "Deze wachtzin past niet op de kopie. Er is niets veranderd.",
        BackupError::NotDerived => "Je telefoon kwam geheugen tekort. Sluit andere apps en probeer het opnieuw.",
    }
}
