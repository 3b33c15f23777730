//! The frame around every screen: the top line, the page, the bottom bar.

use leptos::prelude::*;
use naast_core::route::{Place, Route};

use crate::browser;
use crate::pages::{
    attitude, cards, families, family_edit, help, more, not_found, own_question, questions, today, unlock, visit,
};
use crate::parts::{Icon, IconButton, icon, to};
use crate::session::Access;
use crate::state::{App, use_app};
use crate::words::Words;

/// The order of the bottom bar.
const BAR: [(Place, Icon); 5] = [
    (Place::Today, Icon::Table),
    (Place::Questions, Icon::Speech),
    (Place::Families, Icon::House),
    (Place::Attitude, Icon::Beside),
    (Place::More, Icon::Lines),
];

/// Everything on the screen.
#[component]
pub fn Shell() -> impl IntoView {
    let app = use_app();
    let place = Memo::new(move |_| app.route.with(Route::place));
    Effect::new(move |_| {
        let theme = app.settings.with(|s| s.theme);
        let root = browser::document().and_then(|d| d.document_element());
        if let Some(root) = root {
            let name = match theme {
                naast_core::settings::Theme::System => "system",
                naast_core::settings::Theme::Light => "light",
                naast_core::settings::Theme::Dark => "dark",
            };
            // Setting an attribute of the root does not fail.
            let _ = root.set_attribute("data-theme", name);
        }
    });
    Effect::new(move |before: Option<()>| {
        app.route.track();
        if let Some(document) = browser::document() {
            // Never what stands in the vault: the title shows in the task switcher and the history.
            document.set_title(&match place.get_untracked() {
                Some(Place::Today) | None => "Naast".to_owned(),
                Some(place) => format!("{} – Naast", place.words()),
            });
            if before.is_some() {
                focus_heading(&document);
            }
        }
    });
    view! {
        <div class="shell">
            <a class="skip" href="#inhoud" on:click=|event| {
                event.prevent_default();
                if let Some(document) = browser::document() {
                    focus_heading(&document);
                }
            }>"Naar de inhoud"</a>
            <TopLine place=place/>
            <main class="page">{move || page(app, app.route.get())}</main>
            <BottomBar place=place/>
        </div>
        <ToastView/>
    }
}

fn focus_heading(document: &web_sys::Document) {
    use wasm_bindgen::JsCast;
    let heading = document.query_selector("h1").ok().flatten();
    if let Some(heading) = heading.and_then(|h| h.dyn_into::<web_sys::HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    }
}

#[component]
fn TopLine(place: Memo<Option<Place>>) -> impl IntoView {
    let app = use_app();
    let parent = Memo::new(move |_| app.route.with(Route::parent));
    let title = move || place.get().map_or_else(|| "Naast".to_owned(), |p| p.words().to_owned());
    view! {
        <header class="top">
            {move || {
                parent
                    .get()
                    .map(|route| {
                        view! {
                            <a class="icon-button" href=to(route) aria-label="Omhoog" title="Omhoog">
                                {icon(Icon::Back)}
                            </a>
                        }
                    })
            }}
            <p class="place">{title}</p>
            {move || lock_button(app)}
            <a class="icon-button" href=to(Route::Help) aria-label="Hulp" title="Hulp">
                {icon(Icon::LifeRing)}
            </a>
        </header>
    }
    .into_any()
}

/// Open: locks at one touch. Locked: leads to the door. Without a vault there is none.
fn lock_button(app: App) -> AnyView {
    match app.session.access.get() {
        Access::Open => view! {
            <IconButton
                label="Op slot doen"
                drawing=Icon::Unlocked
                press=Callback::new(move |()| app.lock())
            />
        }
        .into_any(),
        Access::Locked(_) => view! {
            <a class="icon-button" href=to(Route::Families) aria-label="Op slot. Openen?" title="Op slot. Openen?">
                {icon(Icon::Locked)}
            </a>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn BottomBar(place: Memo<Option<Place>>) -> impl IntoView {
    view! {
        <nav class="bar" aria-label="Hoofdmenu">
            <ul>
                {BAR
                    .map(|(here, drawing)| {
                        let current = move || (place.get() == Some(here)).then_some("page");
                        view! {
                            <li>
                                <a href=to(here.route()) aria-current=current>
                                    {icon(drawing)}
                                    {here.words()}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
    .into_any()
}

#[component]
fn ToastView() -> impl IntoView {
    let app = use_app();
    view! {
        <div role="status">
            {move || {
                app.toast
                    .get()
                    .map(|toast| {
                        view! {
                            <div class="toast">
                                <p class="grow">{toast.text}</p>
                                {toast
                                    .act
                                    .map(|(word, act)| {
                                        view! {
                                            <button type="button" class="button" on:click=move |_| act.run(())>
                                                {word}
                                            </button>
                                        }
                                    })}
                                <IconButton
                                    label="Melding sluiten"
                                    drawing=Icon::Close
                                    press=Callback::new(move |()| app.toast.set(None))
                                />
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// The page of a route; behind the door where it is private.
fn page(app: App, route: Route) -> AnyView {
    if route.needs_vault() {
        return unlock::behind_the_door(app, move || screen(route.clone()));
    }
    screen(route)
}

fn screen(route: Route) -> AnyView {
    match route {
        Route::Today => view! { <today::Today/> }.into_any(),
        Route::Attitude => view! { <attitude::Attitude/> }.into_any(),
        Route::Principle(id) => view! { <attitude::AttitudePart id=id/> }.into_any(),
        Route::Questions => view! { <questions::Questions/> }.into_any(),
        Route::Question(id) => view! { <questions::QuestionPage id=id/> }.into_any(),
        Route::Cards(at) => view! { <cards::Cards at=at/> }.into_any(),
        Route::NewQuestion => view! { <own_question::NewQuestion/> }.into_any(),
        Route::EditQuestion(id) => view! { <own_question::EditQuestion id=id/> }.into_any(),
        Route::Families => view! { <families::Families archived=false/> }.into_any(),
        Route::Archive => view! { <families::Families archived=true/> }.into_any(),
        Route::NewFamily => view! { <family_edit::NewFamily/> }.into_any(),
        Route::Family(id) => view! { <families::FamilyPage id=id/> }.into_any(),
        Route::EditFamily(id) => view! { <family_edit::EditFamily id=id/> }.into_any(),
        Route::DeleteFamily(id) => view! { <family_edit::DeleteFamily id=id/> }.into_any(),
        Route::Visit(family, id, screen) => {
            view! { <visit::VisitPage family=family id=id screen=screen/> }.into_any()
        }
        Route::More => view! { <more::More/> }.into_any(),
        Route::MorePage(page) => view! { <more::MorePageView page=page/> }.into_any(),
        Route::Help => view! { <help::Help/> }.into_any(),
        Route::Worried => view! { <help::Worried/> }.into_any(),
        Route::Facts => view! { <help::Facts/> }.into_any(),
        Route::NotFound => not_found(),
    }
}
