//! What the whole app shares: the content, where the user is, the settings,
//! the session with the vault.

use std::sync::Arc;

use leptos::prelude::*;
use naast_core::bank::Bank;
use naast_core::content::{Audience, Content, Question};
use naast_core::records::{OwnQuestion, Record};
use naast_core::route::Route;
use naast_core::search::Filter;
use naast_core::settings::Settings;
use naast_vault::{SaveError, StoreError};

use crate::browser::device_store::DeviceStore;
use crate::browser::presence::Presence;
use crate::browser::updates;
use crate::session::{Saving, Session};
use crate::settings_store::SettingsStore;

/// The question bank, own questions included. Equal only to itself, so that a
/// change is never missed and never compared word by word.
#[derive(Clone)]
pub struct SharedBank(Arc<Bank<'static>>);

impl PartialEq for SharedBank {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for SharedBank {
    type Target = Bank<'static>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// What the user looks for among the questions; kept while walking around.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Looking {
    /// What was typed.
    pub query: String,
    /// The filters that are on.
    pub filter: Filter,
}

/// A short message low on the screen, with at most one thing to do.
#[derive(Clone)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// A word and what it does.
    pub act: Option<(&'static str, Callback<()>)>,
    /// It belongs to the page that comes now, and goes when that is left.
    pub arriving: bool,
}

/// Everything shared. Copied freely: it only holds handles.
#[derive(Clone, Copy)]
pub struct App {
    /// All texts.
    pub content: &'static Content,
    /// Where the user is.
    pub route: RwSignal<Route>,
    /// What the worker set.
    pub settings: RwSignal<Settings>,
    /// Where settings are kept.
    pub settings_store: StoredValue<SettingsStore>,
    /// The vault and what is in it.
    pub session: Session,
    /// The question bank; made when first asked for.
    pub bank: Memo<SharedBank>,
    /// The search and filters of Vragen.
    pub looking: RwSignal<Looking>,
    /// The message low on the screen.
    pub toast: RwSignal<Option<Toast>>,
    /// A newer version of the app lies ready.
    pub update_ready: RwSignal<bool>,
}

impl App {
    /// Puts everything together. `store` is absent where the browser keeps nothing.
    #[must_use]
    pub fn new(content: &'static Content, route: Route, store: Option<DeviceStore>) -> Self {
        let (settings_store, settings) = SettingsStore::read(store);
        let session = Session::new(store);
        let own = Memo::new(move |_| session.own_questions());
        let bank = Memo::new(move |_| {
            own.with(|own: &Vec<OwnQuestion>| SharedBank(Arc::new(Bank::new(content, own))))
        });
        Self {
            content,
            route: RwSignal::new(route),
            settings: RwSignal::new(settings),
            settings_store: StoredValue::new(settings_store),
            session,
            bank,
            looking: RwSignal::default(),
            toast: RwSignal::new(None),
            update_ready: RwSignal::new(false),
        }
    }

    /// Changes settings and keeps them; says so where they cannot be kept.
    pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        let store = self.settings_store.get_value();
        if let Err(why) = self.settings.with_untracked(|settings| store.keep(settings)) {
            self.say(why.in_words());
        }
    }

    /// Shows a short message, until it is put away or the page is left.
    pub fn say(self, text: impl Into<String>) {
        self.toast.set(Some(Toast { text: text.into(), act: None, arriving: false }));
    }

    /// Takes records away and offers them back, until the page that comes now is left.
    pub fn remove_with_undo(self, text: &str, records: Vec<Record>) {
        records.iter().for_each(|record| self.session.remove(record));
        let undo = Callback::new(move |()| {
            records.iter().cloned().for_each(|record| self.session.put(record));
            self.toast.set(None);
        });
        self.toast.set(Some(Toast { text: text.to_owned(), act: Some(("Ongedaan maken", undo)), arriving: true }));
    }

    /// The address changed.
    pub fn arrive(self, route: Route) {
        match self.toast.get_untracked() {
            Some(mut toast) if toast.arriving => {
                toast.arriving = false;
                self.toast.set(Some(toast));
            }
            Some(_) => self.toast.set(None),
            None => {}
        }
        self.route.set(route);
    }

    /// Locks, unless words would be lost by it; then says so.
    pub fn lock(self) {
        if self.session.lock() {
            // Both may hold words that belong behind the lock.
            self.toast.set(None);
            self.looking.set(Looking::default());
        } else {
            self.say("Nog niet op slot: je laatste tekst is nog niet bewaard.");
        }
    }

    /// Somebody left, came back, or time passed.
    pub fn presence(self, presence: Presence) {
        match presence {
            Presence::Leaving => self.session.flush_now(),
            Presence::Look(away) if self.session.is_open() => {
                let (idle, hidden) =
                    self.settings.with_untracked(|s| (s.lock_idle_minutes.max(1), s.lock_hidden_minutes));
                let too_long = |seconds: u32, minutes: u16| seconds >= u32::from(minutes) * 60;
                if too_long(away.idle, idle) || away.hidden.is_some_and(|seconds| too_long(seconds, hidden)) {
                    self.lock();
                }
            }
            Presence::Look(_) => {}
        }
    }

    /// Another tab changed something in storage.
    pub fn changed_elsewhere(self, key: Option<&str>) {
        if key == Some(naast_vault::settings::KEY) {
            if let Some(settings) = self.settings_store.get_value().again() {
                self.settings.set(settings);
            }
        } else {
            self.session.changed_elsewhere(key);
        }
    }

    /// Keeps what was typed and opens the newer version; not while words would be lost.
    pub fn apply_update(self) {
        self.session.flush_now();
        if matches!(self.session.saving.get_untracked(), Saving::Failed(_)) {
            self.say("Nog niet bijgewerkt: je laatste tekst is nog niet bewaard.");
        } else {
            leptos::task::spawn_local(updates::apply());
        }
    }

    /// Whether a question is an ordinary card for this worker. A safety question
    /// is not, for whoever goes to the coordinator first: it has a page of its own
    /// and stands in no list that is not asked for.
    #[must_use]
    pub fn may_see(self, question: &Question) -> bool {
        question.audience == Audience::Everyone || !self.settings.read().role.coordinator_first()
    }
}

/// What the user can do when a save failed.
#[must_use]
pub fn what_to_do(error: &SaveError) -> &'static str {
    match error {
        SaveError::Store(StoreError::Full) => {
            "Er is geen ruimte meer. Verwijder een oud bezoek, of maak ruimte op je telefoon, en probeer opnieuw."
        }
        SaveError::TooLarge => "Deze tekst is te lang voor één bezoek. Maak hem korter en probeer opnieuw.",
        SaveError::VaultChanged => {
            "De kluis is intussen gewist of vervangen, misschien in een ander tabblad. Kopieer je tekst naar een veilige plek."
        }
        SaveError::Unreadable(_) => {
            "Op de plek van dit bezoek ligt iets dat Naast niet kan lezen. Kopieer je tekst naar een nieuw bezoek."
        }
        SaveError::Conflict { .. } | SaveError::Store(_) => "Probeer het zo nog eens. Blijft het zo, kopieer dan je tekst.",
    }
}
