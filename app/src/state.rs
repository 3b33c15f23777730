//! What the whole app shares: the content, where the user is, the settings,
//! the session with the vault.

use std::rc::Rc;

use naast_core::bank::Bank;
use naast_core::content::{Audience, Content, Question};
use naast_core::records::{FamilyId, Record, VisitId};
use naast_core::route::Route;
use naast_core::search::Filter;
use naast_core::settings::Settings;
use naast_core::today::principle_of;
use naast_vault::{SaveError, StoreError};

use crate::browser::chosen_file::ChosenFile;
use crate::browser::device_store::DeviceStore;
use crate::browser::presence::Presence;
use crate::browser::{clock, history, mark_page, task, updates};
use crate::lazy::PrivateModule;
use crate::messages::app as t;
use crate::session::Session;
use crate::settings_store::SettingsStore;
use naast_view::GlobalSignal;
use naast_view::effect;

/// What the style sheet covers the page by.
const AWAY: &str = "data-away";

/// What the user looks for among the questions; kept while walking around.
#[derive(Debug, Clone, Default)]
pub struct Looking {
    /// What was typed.
    pub query: String,
    /// The filters that are on.
    pub filter: Filter,
    /// Whether a long list is shown to its end.
    pub whole: bool,
}

/// A word to touch, and what it does.
pub type Act = (&'static str, Rc<dyn Fn()>);

/// A short message low on the screen, with at most one thing to do.
#[derive(Clone)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// A word and what it does.
    pub act: Option<Act>,
    /// It belongs to the page that comes now, and goes when that is left.
    pub arriving: bool,
}

/// Everything shared. Copied freely: it only holds handles.
#[derive(Clone, Copy)]
pub struct App {
    /// All texts.
    pub content: &'static Content,
    /// Where the user is.
    pub route: GlobalSignal<Route>,
    /// What the worker set.
    pub settings: GlobalSignal<Settings>,
    /// Where settings are kept.
    pub settings_store: SettingsStore,
    /// The vault and what is in it.
    pub session: Session,
    /// The question bank, own questions included, until one of them changes.
    bank: GlobalSignal<Option<Rc<Bank<'static>>>>,
    /// The search and filters of Vragen.
    pub looking: GlobalSignal<Looking>,
    /// The family and visit on the screen last: a concern from Hulp is about them first.
    pub beside: GlobalSignal<Option<(FamilyId, VisitId)>>,
    /// The search and filters while choosing questions for a visit.
    pub choosing: GlobalSignal<Looking>,
    /// The message low on the screen.
    pub toast: GlobalSignal<Option<Toast>>,
    /// A file that the phone opened Naast with, until it is looked at.
    pub given: GlobalSignal<Option<ChosenFile>>,
    /// The state of the private module.
    pub private_module: GlobalSignal<PrivateModule>,
    /// A newer version of the app lies ready.
    pub update_ready: GlobalSignal<bool>,
    /// Somebody wants to hide, and the last words are not kept: it locks once they are.
    hiding: GlobalSignal<bool>,
    /// Who opens the vault now came from elsewhere for it, and goes back there.
    pub back_when_open: GlobalSignal<bool>,
}

impl App {
    /// Puts everything together. `store` is absent where the browser keeps nothing.
    #[must_use]
    pub fn new(content: &'static Content, route: Route, store: Option<DeviceStore>) -> Self {
        let (settings_store, settings) = SettingsStore::read(store);
        let session = Session::new(store);
        let bank = GlobalSignal::new(None);
        // The session says when an own question changed.
        effect(move || {
            session.own_changed();
            bank.set(None);
        });
        Self {
            content,
            route: GlobalSignal::new(route),
            settings: GlobalSignal::new(settings),
            settings_store,
            session,
            bank,
            looking: GlobalSignal::new(Looking::default()),
            choosing: GlobalSignal::new(Looking::default()),
            beside: GlobalSignal::new(None),
            toast: GlobalSignal::new(None),
            given: GlobalSignal::new(None),
            private_module: GlobalSignal::new(PrivateModule::Loading),
            update_ready: GlobalSignal::new(false),
            hiding: GlobalSignal::new(false),
            back_when_open: GlobalSignal::new(false),
        }
    }

    /// The question bank, own questions included; made when first asked for, and anew
    /// after an own question changed.
    #[must_use]
    pub fn bank(self) -> Rc<Bank<'static>> {
        if let Some(bank) = &*self.bank.read() {
            return bank.clone();
        }
        let bank = Rc::new(Bank::new(self.content, &self.session.own_questions_untracked()));
        *self.bank.write_untracked() = Some(bank.clone());
        bank
    }

    /// Changes settings and keeps them; says so where they cannot be kept.
    pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings.write());
        let kept = self.settings_store.keep(&self.settings.read_untracked());
        if let Err(why) = kept {
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
        self.say_with_undo(text, records);
    }

    /// Says what was done, and offers to put these records back as they were, until the page
    /// that comes now is left.
    pub fn say_with_undo(self, text: &str, records: Vec<Record>) {
        let undo: Rc<dyn Fn()> = Rc::new(move || {
            records.iter().cloned().for_each(|record| self.session.put(record));
            self.toast.set(None);
        });
        self.toast.set(Some(Toast { text: text.to_owned(), act: Some((t::undo(), undo)), arriving: true }));
    }

    /// The address changed.
    pub fn arrive(self, route: Route) {
        let stays = self.toast.write_untracked().as_mut().is_some_and(|toast| std::mem::take(&mut toast.arriving));
        if !stays {
            self.toast.set(None);
        }
        if route != Route::Families {
            self.back_when_open.set(false);
        }
        if route.needs_vault() {
            self.hiding.set(false);
        }
        self.route.set(route);
        // Who leaves a page is done typing there.
        self.session.flush_now();
    }

    /// Locks, unless words would be lost by it; then says so.
    pub fn lock(self) {
        if !self.locked() {
            self.say(t::not_locked());
        }
    }

    /// Locks, unless words would be lost by it. Says whether it did.
    fn locked(self) -> bool {
        let locked = self.session.lock();
        if locked {
            self.hiding.set(false);
        }
        locked
    }

    /// Forgets what may hold words that belong behind the lock.
    pub fn forget(self) {
        self.toast.set(None);
        self.looking.set(Looking::default());
        self.choosing.set(Looking::default());
        self.beside.set(None);
    }

    /// Locks at one touch, with something harmless on the screen: what is carried along today. Words
    /// that cannot be kept stay in memory, and on their page; it locks as soon as they are.
    pub fn hide(self) {
        let from = self.route.get_untracked();
        let locked = self.locked();
        let principles = &self.content.principles;
        let today = principle_of(clock::today(), principles.len()).and_then(|at| principles.get(at));
        history::instead(&today.map_or(Route::Attitude, |principle| Route::Principle(principle.id.clone())));
        if !locked {
            self.hiding.set(true);
            let back: Rc<dyn Fn()> = Rc::new(move || history::go(&from));
            self.toast.set(Some(Toast {
                text: t::not_locked().to_owned(),
                act: Some((t::back(), back)),
                arriving: true,
            }));
        }
    }

    /// Erases everything that Naast keeps on this device, and where `itself` says so the app that is
    /// kept for use without signal. Says whether all of it is gone.
    pub async fn erase(self, itself: bool) -> bool {
        let gone = self.session.erase().await;
        self.settings.set(Settings::default());
        if itself {
            updates::forget().await;
        }
        gone
    }

    /// Erases the rest, where erasing was begun and the power went.
    pub fn finish_erasing(self) {
        if self.session.is_erasing() {
            task::spawn(async move {
                // Not the app: it is being looked at for an update just now.
                self.erase(false).await;
            });
        }
    }

    /// Somebody left, came back, or time passed.
    pub fn presence(self, presence: Presence) {
        match presence {
            Presence::Leaving => self.session.flush_now(),
            Presence::Hidden => {
                // First of all: the picture for the list of open apps may be made any moment.
                mark_page(AWAY, true);
                self.session.flush_now();
            }
            Presence::Back => mark_page(AWAY, false),
            Presence::Look(_) if self.hiding.get_untracked() => {
                self.locked();
            }
            Presence::Look(away) if self.session.is_open() => {
                let settings = self.settings.read_untracked();
                let (idle, hidden) = (settings.lock_idle_minutes.max(1), settings.lock_hidden_minutes);
                drop(settings);
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
        let of_settings = key == Some(naast_vault::settings::KEY);
        if (of_settings || key.is_none())
            && let Some(settings) = self.settings_store.again()
        {
            self.settings.set(settings);
        }
        if !of_settings {
            self.session.changed_elsewhere(key);
        }
    }

    /// Keeps what was typed and opens the newer version; not while words would be lost.
    pub fn apply_update(self) {
        self.session.flush_now();
        if self.session.has_unsaved() {
            self.say(t::not_updated());
        } else {
            task::spawn(updates::apply());
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
        SaveError::Store(StoreError::Full) => t::full(),
        SaveError::TooLarge => t::too_large(),
        SaveError::VaultChanged => t::vault_changed(),
        SaveError::Unreadable(_) => t::unreadable(),
        SaveError::Conflict { .. } | SaveError::Store(_) => t::try_again(),
    }
}
