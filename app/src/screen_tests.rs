//! Every page as HTML, compared with a reference, without a browser.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test -p naast screen`, and look at what
//! `git diff app/src/snapshots` shows.

use naast_core::parent::{ParentAnswers, Texts};
use naast_core::records::{Card, Concern, ConcernId, Family, FamilyId, Id, Record, Step, StepId, Visit, VisitId, Went};
use naast_core::route::{MorePage, Route, VisitScreen};
use naast_core::time::{Day, Moment};
use naast_view::to_html;
use std::rc::Rc;

use crate::browser::clock;
use crate::prerender::{first_screen, render};
use crate::session::Access;
use crate::state::{App, LANGUAGES, Together, Turned};

/// Saturday 21 November 2026, 10:00 UTC.
const NOW: Moment = Moment(1_795_255_200_000);

/// The page as HTML, an element a line, so that a difference is one of lines.
fn page(route: Route, prepare: impl FnOnce(App)) -> String {
    clock::set(NOW);
    let html = render(route, |app| {
        prepare(app);
        to_html(crate::app::shell(app))
    })
    .unwrap();
    let main = html.split_once("<main").map_or(&*html, |(_, main)| main);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    renumbered(&format!("<main{main}</main>")).replace("><", ">\n<")
}

/// Field ids count up for the whole process, and tests run in any order: here they count from 1 on each page.
fn renumbered(html: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    let mut parts = Vec::new();
    for part in html.split('"') {
        let digits = part.strip_prefix('f').map(|rest| rest.strip_suffix('h').unwrap_or(rest)).unwrap_or_default();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            parts.push(part.to_owned());
            continue;
        }
        let at = known.iter().position(|one| *one == digits).unwrap_or_else(|| {
            known.push(digits);
            known.len() - 1
        });
        parts.push(part.replacen(digits, &(at + 1).to_string(), 1));
    }
    parts.join("\"")
}

macro_rules! screens {
    ($($name:ident: $route:expr $(, $prepare:expr)?;)*) => {
        $(
            #[test]
            fn $name() {
                #[allow(unused_mut, unused_assignments)]
                let mut prepare: fn(App) = |_| {};
                $(prepare = $prepare;)?
                insta::assert_snapshot!(page($route, prepare));
            }
        )*
    };
}

/// A family with a visit behind it and one to come, and a concern.
fn with_records(app: App) {
    app.settings.write().welcomed = true;
    let family = Family { id: FAMILY, nickname: "Vos".into(), since: day("2026-10-03"), ..Family::default() };
    let step = Step {
        what: "Samen naar de bibliotheek".into(),
        who: "oma".into(),
        went: Went::Done,
        ..Step::new(StepId(Id([5; 12])))
    };
    let held = Visit {
        cards: vec![Card::new("good-week")],
        steps: vec![step],
        seen_heard: "Yara kwam erbij zitten.".into(),
        opener: "Vorige keer ging ik te snel.".into(),
        ..Visit::new(HELD, FAMILY, day("2026-11-14"), NOW)
    };
    let planned = Visit { at: Some(600), ..Visit::new(PLANNED, FAMILY, day("2026-11-28"), NOW) };
    let concern = Concern { seen: "Geen jas aan.".into(), ..Concern::new(CONCERN, FAMILY, None, NOW) };
    app.session.open_in_memory(vec![
        Record::Family(family),
        Record::Visit(held),
        Record::Visit(planned),
        Record::Concern(concern),
    ]);
}

/// The phone is turned, with this tool, in the language at this place.
fn turned(app: App, tool: &str, language: usize) {
    const TEXTS: [(&str, &str); 4] = [
        ("nl", include_str!(concat!(env!("OUT_DIR"), "/parent-nl.txt"))),
        ("ar", include_str!(concat!(env!("OUT_DIR"), "/parent-ar.txt"))),
        ("tr", include_str!(concat!(env!("OUT_DIR"), "/parent-tr.txt"))),
        ("uk", include_str!(concat!(env!("OUT_DIR"), "/parent-uk.txt"))),
    ];
    let language = LANGUAGES[language];
    let texts_of = |tag: &str| -> &'static Texts {
        let (_, file) = TEXTS.iter().find(|(known, _)| *known == tag).unwrap();
        Box::leak(Box::new(Texts::parse(file)))
    };
    app.turned.set(Some(Rc::new(Turned {
        together: app
            .content
            .tools
            .iter()
            .find(|known| known.id == tool)
            .map_or(Together::Introduction, Together::Tool),
        language,
        texts: texts_of(language.tag),
        dutch: texts_of("nl"),
        shown: Vec::new(),
        blank: ParentAnswers::default(),
        keep: Box::new(|_| true),
        back: Route::Families,
    })));
}

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

const FAMILY: FamilyId = FamilyId(Id([1; 12]));
const HELD: VisitId = VisitId(Id([2; 12]));
const PLANNED: VisitId = VisitId(Id([3; 12]));
const CONCERN: ConcernId = ConcernId(Id([4; 12]));

fn visit(screen: VisitScreen) -> Route {
    Route::Visit(FAMILY, HELD, screen)
}

screens! {
    today_on_a_first_visit: Route::Today;
    today: Route::Today, |app| app.settings.write().welcomed = true;
    today_with_visits: Route::Today, with_records;
    attitude: Route::Attitude;
    group: Route::Principle("strengths".into());
    principle: Route::Principle("third-violin".into());
    questions: Route::Questions;
    question: Route::Question("good-week".into());
    cards: Route::Cards(Some("good-week".into()));
    new_question: Route::NewQuestion, with_records;
    more: Route::More;
    help: Route::Help;
    worried: Route::Worried;
    worried_with_families: Route::Worried, with_records;
    facts: Route::Facts;
    not_found: Route::NotFound;
    new_vault: Route::Families, |app| app.session.access.set(Access::Absent);
    storage_is_blocked: Route::Families, |app| app.session.access.set(Access::Blocked);
    header_is_corrupt: Route::Families, |app| app.session.access.set(Access::Corrupt);
    vault_is_newer: Route::Families, |app| app.session.access.set(Access::Newer);
    header_is_missing: Route::Families, |app| app.session.access.set(Access::HeaderMissing(12));
    no_families: Route::Families, |app| app.session.open_in_memory(Vec::new());
    families: Route::Families, with_records;
    archive: Route::Archive, with_records;
    new_family: Route::NewFamily, with_records;
    family: Route::Family(FAMILY), with_records;
    edit_family: Route::EditFamily(FAMILY), with_records;
    delete_family: Route::DeleteFamily(FAMILY), with_records;
    course: Route::Course(FAMILY), with_records;
    farewell: Route::Farewell(FAMILY), with_records;
    clear: Route::Clear(FAMILY), with_records;
    find: Route::Find, with_records;
    concern: Route::Concern(FAMILY, CONCERN), with_records;
    prepare: visit(VisitScreen::Prepare), with_records;
    prepare_the_next: Route::Visit(FAMILY, PLANNED, VisitScreen::Prepare), with_records;
    choose: visit(VisitScreen::Choose), with_records;
    hold: visit(VisitScreen::Hold), with_records;
    card: visit(VisitScreen::Card("good-week".into())), with_records;
    tool: visit(VisitScreen::Tool("scale".into())), with_records;
    tool_to_turn: visit(VisitScreen::Tool("step".into())), with_records;
    copy_for_the_parent: visit(VisitScreen::Tool("copy".into())), with_records;
    with_a_parent: Route::Together, |app| turned(app, "step", 0);
    with_a_parent_in_arabic: Route::Together, |app| turned(app, "scale", 1);
    with_a_parent_and_faces: Route::Together, |app| turned(app, "talk", 7);
    with_a_child: Route::Together, |app| turned(app, "day", 8);
    introduction_for_a_parent: Route::Together, |app| turned(app, "introduction", 7);
    given_back: Route::Together;
    leaflet: visit(VisitScreen::Leaflet), with_records;
    look_back: visit(VisitScreen::LookBack), with_records;
    intervision: visit(VisitScreen::Intervision), with_records;
    delete_visit: visit(VisitScreen::Delete), with_records;
    settings: Route::MorePage(MorePage::Settings);
    coordinator: Route::MorePage(MorePage::Coordinator);
    vault: Route::MorePage(MorePage::Vault), with_records;
    recovery: Route::MorePage(MorePage::Recovery), with_records;
    export: Route::MorePage(MorePage::Export), with_records;
    backup: Route::MorePage(MorePage::Backup), with_records;
    backup_without_a_vault: Route::MorePage(MorePage::Backup);
    transfer: Route::MorePage(MorePage::Transfer), with_records;
    practice: Route::MorePage(MorePage::Practice), with_records;
    storage: Route::MorePage(MorePage::Storage);
    erase: Route::MorePage(MorePage::Erase);
    privacy: Route::MorePage(MorePage::Privacy);
    about: Route::MorePage(MorePage::About);
    sources: Route::MorePage(MorePage::Sources);
    licences: Route::MorePage(MorePage::Licences);
}

#[test]
fn first_screen_of_the_page() {
    insta::assert_snapshot!(first_screen().unwrap().replace("><", ">\n<"));
}
