//! A visit: preparing, being there, looking back. Three places side by side, to be
//! walked in any order and left at any moment; every keystroke is kept.

mod choose;
mod hold;
mod look_back;
mod prepare;

use leptos::prelude::*;
use naast_core::content::Question;
use naast_core::records::{FamilyId, Record, Visit, VisitId};
use naast_core::route::{Route, VisitScreen};

use crate::browser::{clock, history};
use crate::parts::{Icon, TextArea, Trouble, icon, save_line, to};
use crate::session::Saving;
use crate::state::{App, use_app};

/// One text of a visit: how to read it and how to write it.
#[derive(Clone, Copy)]
struct Part {
    get: fn(&Visit) -> &String,
    get_mut: fn(&mut Visit) -> &mut String,
}

/// The [`Part`] of this name.
macro_rules! part {
    ($name:ident) => {
        super::Part { get: |visit| &visit.$name, get_mut: |visit| &mut visit.$name }
    };
}
use part;

/// One visit, as the screens of it see it.
#[derive(Clone, Copy)]
struct Here {
    app: App,
    family: FamilyId,
    id: VisitId,
}

impl Here {
    /// The address of a screen of this visit.
    fn to(self, screen: VisitScreen) -> String {
        to(Route::Visit(self.family, self.id, screen))
    }

    /// A part of the visit, that is new only when it changed.
    fn part<T: PartialEq + Default + Send + Sync + 'static>(
        self,
        get: impl Fn(&Visit) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.app.session.with_visit(self.id, &get).unwrap_or_default())
    }

    /// Changes the visit.
    fn edit(self, change: impl FnOnce(&mut Visit)) {
        self.app.session.edit_visit(self.id, change);
    }

    /// A field for one of its texts.
    fn text_area(
        self,
        label: &'static str,
        hint: &'static str,
        example: &'static str,
        part: Part,
    ) -> AnyView {
        let value = self.part(move |visit| (part.get)(visit).clone());
        let input = Callback::new(move |text| self.edit(|visit| *(part.get_mut)(visit) = text));
        view! { <TextArea label=label hint=hint example=example short=true value=value input=input/> }.into_any()
    }

    /// The questions taken along, in order; those that no longer exist left out.
    fn questions(self) -> Memo<Vec<Question>> {
        let ids = self.part(|visit| visit.cards.iter().map(|card| card.question.clone()).collect::<Vec<_>>());
        Memo::new(move |_| {
            self.app.bank.with(|bank| ids.get().iter().filter_map(|id| bank.get(id).cloned()).collect())
        })
    }
}

/// `#/gezinnen/<family>/<visit>/…`
#[component]
pub fn VisitPage(
    /// The family.
    family: FamilyId,
    /// The visit.
    id: VisitId,
    /// Which screen of it.
    screen: VisitScreen,
) -> impl IntoView {
    let app = use_app();
    let here = Here { app, family, id };
    let exists = Memo::new(move |_| app.session.with_visit(id, |v| v.family == family).unwrap_or(false));
    let view = move || {
        if !exists.get() {
            return super::not_found();
        }
        match screen.clone() {
            VisitScreen::Prepare => framed(here, &VisitScreen::Prepare, prepare::view(here)),
            VisitScreen::Hold => framed(here, &VisitScreen::Hold, hold::view(here)),
            VisitScreen::LookBack => framed(here, &VisitScreen::LookBack, look_back::view(here)),
            VisitScreen::Choose => choose::view(here),
            VisitScreen::Card(question) => hold::card(here, &question),
            VisitScreen::Delete => delete(here),
        }
    };
    view.into_any()
}

/// The three places around a screen, and whether all is kept.
fn framed(here: Here, at: &VisitScreen, inside: AnyView) -> AnyView {
    let family = here.app.session.family_untracked(here.family);
    let day = here.part(|visit| visit.day);
    let places = [
        (VisitScreen::Prepare, "Voorbereiden"),
        (VisitScreen::Hold, "Op bezoek"),
        (VisitScreen::LookBack, "Terugkijken"),
    ];
    let title = places.iter().find(|(screen, _)| screen == at).map_or("Bezoek", |(_, title)| *title);
    view! {
        <div class="stack">
            <header class="row">
                {family
                    .map(|family| {
                        view! {
                            <a class="chip" href=to(Route::Family(family.id)) dir="auto">
                                {icon(family.symbol.into())}
                                {family.nickname}
                            </a>
                        }
                    })}
                <span class="soft small">{move || clock::day_in_words(day.get())}</span>
            </header>
            <h1 tabindex="-1" class="visually-hidden">{title}</h1>
            <nav class="places" aria-label="Delen van het bezoek">
                {places
                    .into_iter()
                    .map(|(screen, title)| {
                        let current = (screen == *at).then_some("page");
                        view! { <a href=here.to(screen) aria-current=current>{title}</a> }
                    })
                    .collect_view()}
            </nav>
            {saving(here.app)}
            {inside}
        </div>
    }
    .into_any()
}

/// Whether all is kept; and when it is not, what to do.
fn saving(app: App) -> AnyView {
    let failed = Memo::new(move |_| match app.session.saving.get() {
        Saving::Failed(error) => Some(error),
        _ => None,
    });
    view! {
        {save_line(app.session)}
        {move || {
            failed
                .get()
                .map(|error| {
                    view! {
                        <Trouble
                            happened="Dit kon niet worden bewaard."
                            safe="Je tekst staat er nog. Wat eerder bewaard was, is niet veranderd. Sluit Naast nu niet."
                            todo=crate::state::what_to_do(&error)
                        />
                        <button type="button" class="button wide" on:click=move |_| app.session.flush_now()>
                            "Opnieuw proberen"
                        </button>
                    }
                })
        }}
    }
    .into_any()
}

/// `…/verwijderen`
fn delete(here: Here) -> AnyView {
    let visit = here.app.session.with_visit(here.id, Clone::clone);
    let day = visit.as_ref().map(|v| clock::day_in_words(v.day)).unwrap_or_default();
    let remove = move |_| {
        history::replace(&Route::Family(here.family));
        let records = visit.iter().cloned().map(Record::Visit).collect();
        here.app.remove_with_undo("Het bezoek is verwijderd.", records);
    };
    view! {
        <div class="stack">
            <h1 tabindex="-1">"Bezoek verwijderen?"</h1>
            <p>"Het bezoek van " {day} " verdwijnt van dit toestel, met de notities en de stapjes die erbij horen."</p>
            <p>"Meteen daarna kun je het nog ongedaan maken, tot je naar een ander scherm gaat."</p>
            <button type="button" class="button care main" on:click=remove>
                {icon(Icon::Bin)}
                "Verwijderen"
            </button>
            <a class="button wide" href=here.to(VisitScreen::LookBack)>"Toch niet"</a>
        </div>
    }
    .into_any()
}
