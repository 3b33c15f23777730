//! The door: what stands before everything private, in each state of the vault.

use leptos::prelude::*;
use leptos::task::spawn_local;
use naast_core::route::{MorePage, Route};
use naast_vault::{Header, Passphrase};

use crate::parts::{Icon, TextLine, Trouble, icon, to, two_chairs};
use crate::session::{Access, UnlockError};
use crate::state::{App, use_app};

/// Shows the door that fits; or, with the vault open, what is behind it.
pub fn behind_the_door(app: App, inside: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    // Only opening and closing may build the page anew, not a second look at a locked vault.
    let open = Memo::new(move |_| matches!(app.session.access.get(), Access::Open));
    let view = move || if open.get() { inside() } else { door(app) };
    view.into_any()
}

fn door(app: App) -> AnyView {
    let view = move || match app.session.access.get() {
        Access::Open => ().into_any(),
        Access::Absent => view! { <super::vault_new::NewVault/> }.into_any(),
        Access::Locked(header) => view! { <Unlock header=header/> }.into_any(),
        Access::Blocked => closed(
            "Hier kan niets bewaard worden",
            "Deze browser laat Naast niets bewaren. Misschien staat privé-surfen aan, of zijn cookies en sitegegevens uit.",
            "Vragen, houding en hulp werken gewoon.",
            "Open Naast in een gewoon venster, of zet sitegegevens aan. Laad daarna opnieuw.",
        ),
        Access::Corrupt => closed(
            "De kluis gaat niet open",
            "Het begin van je kluis is beschadigd. Daardoor past geen enkele wachtzin.",
            "Er is niets gewist. Alles ligt nog zoals het lag, en Naast schrijft er niets overheen.",
            "Heb je een reservekopie van deze telefoon? Zet die terug. Vraag anders hulp aan iemand die je vertrouwt.",
        ),
        Access::Newer => closed(
            "Deze kluis is van een nieuwere Naast",
            "Een nieuwere versie van Naast schreef deze kluis. Deze versie kan hem niet lezen.",
            "Er is niets veranderd. Je notities liggen er nog.",
            "Werk Naast bij: maak verbinding, sluit alle vensters van Naast en open het opnieuw.",
        ),
        Access::HeaderMissing(records) => closed(
            "Er lag hier een kluis",
            &format!("Het begin van je kluis is weg, maar er liggen nog {records} gesloten notities. Misschien ruimde de browser op."),
            "Naast begint niet opnieuw, zodat er niets overheen gaat.",
            "Heb je een reservekopie van deze telefoon? Zet die terug, dan passen ze weer bij elkaar.",
        ),
    };
    view.into_any()
}

fn closed(title: &'static str, happened: &str, safe: &'static str, todo: &'static str) -> AnyView {
    view! {
        <div class="stack">
            <h1 tabindex="-1">{title}</h1>
            <Trouble happened=happened safe=safe todo=todo/>
            <a class="button wide" href=to(Route::Questions)>"Naar de vragen"</a>
            <a class="button wide" href=to(Route::MorePage(MorePage::Storage))>"Wat ligt er op dit toestel?"</a>
        </div>
    }
    .into_any()
}

/// What unlocking says when it fails.
pub fn in_words(error: UnlockError) -> &'static str {
    match error {
        UnlockError::WrongPassphrase => "Deze wachtzin past niet. Kijk rustig nog eens, ook naar spaties en hoofdletters.",
        UnlockError::NotDerived => {
            "Je telefoon kwam geheugen tekort. Sluit andere apps en probeer het opnieuw. Er is niets kwijt."
        }
        UnlockError::Changed => "De kluis is net veranderd, misschien in een ander tabblad. Laad Naast opnieuw.",
        UnlockError::Store(naast_vault::StoreError::Full) => {
            "Er is geen ruimte meer op dit toestel. Maak ruimte en probeer het opnieuw."
        }
        UnlockError::Store(_) => "De browser laat Naast niets bewaren. Kijk of privé-surfen aan staat.",
    }
}

/// Asks for the passphrase.
#[component]
fn Unlock(header: Header) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<UnlockError>);
    let header = StoredValue::new(header);
    let unlock = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let passphrase = Passphrase::from_typed(&typed.get_untracked());
        if busy.get_untracked() || passphrase.reveal().is_empty() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let outcome = app.session.unlock(&header.get_value(), &passphrase).await;
            // The page may be gone by now: opened, or walked away from.
            let _ = busy.try_set(false);
            if let Err(error) = outcome {
                let _ = wrong.try_set(Some(error));
            }
        });
    };
    view! {
        <form class="stack" on:submit=unlock>
            <h1 tabindex="-1">"Op slot"</h1>
            {two_chairs()}
            <p>"Je notities liggen veilig. Typ je wachtzin om verder te gaan."</p>
            <TextLine
                label="Wachtzin"
                kind=Signal::derive(move || if shown.get() { "text" } else { "password" })
                autocomplete="current-password"
                value=typed
                input=Callback::new(move |text| typed.set(text))
            />
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || shown.get()
                    on:change=move |_| shown.update(|s| *s = !*s)
                />
                <span>"Laat zien wat ik typ"</span>
            </label>
            <div role="status" class="stack-s">
                {move || busy.get().then(|| view! { <p>"De kluis gaat open…"</p> <div class="spinner"></div> })}
                {move || wrong.get().map(|error| view! { <p class="card">{in_words(error)}</p> })}
            </div>
            <div class="action">
                <button type="submit" class="button main" aria-disabled=move || if busy.get() { "true" } else { "false" }>
                    {icon(Icon::Unlocked)}
                    "Openen"
                </button>
            </div>
        </form>
    }
    .into_any()
}
