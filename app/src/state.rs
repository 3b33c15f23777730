//! State shared by the whole app: the content, the route, the settings, the session.

use std::rc::Rc;

use naast_core::bank::Bank;
use naast_core::content::{Audience, Content, Question, Tool};
use naast_core::parent::{INTRODUCTION, ParentAnswers, Texts, Word};
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
use crate::messages::app as t;
use crate::session::Session;
use crate::settings_store::SettingsStore;
use naast_view::{GlobalSignal, Node, effect};

/// The state of the private module.
#[derive(Clone, Copy)]
pub enum PrivateModule {
    /// It is being fetched.
    Loading,
    /// It could not be fetched: there is no signal, and it is not cached yet.
    Failed,
    /// It is here; this function renders its pages.
    Loaded(fn(App, Route) -> Node),
}

/// Set on the root while the page is out of sight; the style sheet covers the page then.
const AWAY: &str = "data-away";

/// The search and filters of a list of questions. They outlive the page.
#[derive(Debug, Clone, Default)]
pub struct Looking {
    /// What was typed.
    pub query: String,
    /// The filters that are on.
    pub filter: Filter,
    /// Whether a long list is shown in full.
    pub whole: bool,
}

/// A language that parents can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// Its tag (BCP 47).
    pub tag: &'static str,
    /// Its name for itself.
    pub name: &'static str,
    /// Whether somebody who grew up with it has read all texts.
    pub reviewed: bool,
}

/// All languages that parents can read; the first is Dutch.
pub const LANGUAGES: &[Language] = include!(concat!(env!("OUT_DIR"), "/parent_languages.rs"));

/// What worker and parent look at together.
#[derive(Clone, Copy)]
pub enum Together {
    /// A tool: questions to answer.
    Tool(&'static Tool),
    /// The words to introduce oneself with.
    Introduction,
}

/// What the phone is to be turned with.
pub struct ToTurn {
    /// What they look at.
    pub together: Together,
    /// The visit.
    pub visit: VisitId,
    /// Where the worker goes on.
    pub back: Route,
    /// Parts of the notes to read along.
    pub shown: Vec<(Word, String)>,
}

/// The phone is turned to the parent: all that this screen may use.
pub struct Turned {
    /// What they look at.
    pub together: Together,
    /// The language of the parent.
    pub language: Language,
    /// The texts in that language.
    pub texts: &'static Texts,
    /// The texts in Dutch, for the worker.
    pub dutch: &'static Texts,
    /// Parts of the notes to read along, which the worker chose.
    pub shown: Vec<(Word, String)>,
    /// The answers before anything was chosen.
    pub blank: ParentAnswers,
    /// Saves the answers, and returns whether they are saved.
    pub keep: Box<dyn Fn(&ParentAnswers) -> bool>,
    /// Where the worker goes on.
    pub back: Route,
}

/// The label of a button, and what it does.
pub type Act = (&'static str, Rc<dyn Fn()>);

/// A short message low on the screen, with at most one action.
#[derive(Clone)]
pub struct Toast {
    /// The text.
    pub text: String,
    /// The action.
    pub act: Option<Act>,
    /// Whether it belongs to the page that is about to appear, and closes when that page is left.
    pub arriving: bool,
}

/// Shared state. It holds only handles, so it is copied freely.
#[derive(Clone, Copy)]
pub struct App {
    /// The content.
    pub content: &'static Content,
    /// The current route.
    pub route: GlobalSignal<Route>,
    /// The settings.
    pub settings: GlobalSignal<Settings>,
    /// Where the settings are stored.
    pub settings_store: SettingsStore,
    /// The open vault.
    pub session: Session,
    /// The question bank with the worker's own questions; `None` after one of them changed.
    bank: GlobalSignal<Option<Rc<Bank<'static>>>>,
    /// The search and filters of the page with questions.
    pub looking: GlobalSignal<Looking>,
    /// The family and visit shown last; a concern noted from Hulp is about this family first.
    pub beside: GlobalSignal<Option<(FamilyId, VisitId)>>,
    /// The search and filters while choosing questions for a visit.
    pub choosing: GlobalSignal<Looking>,
    /// The message low on the screen.
    pub toast: GlobalSignal<Option<Toast>>,
    /// A file with which the phone opened the app, until it is looked at.
    pub given: GlobalSignal<Option<ChosenFile>>,
    /// The state of the private module.
    pub private_module: GlobalSignal<PrivateModule>,
    /// Whether a newer version of the app is ready.
    pub update_ready: GlobalSignal<bool>,
    /// What the parent sees, while the phone is turned.
    pub turned: GlobalSignal<Option<Rc<Turned>>>,
    /// The language of the parent, by its place in [`LANGUAGES`].
    pub language: GlobalSignal<usize>,
    /// Whether to lock as soon as the last changes are saved: the user asked to hide.
    hiding: GlobalSignal<bool>,
    /// Whether to go back once the vault is open: the user came from another page to unlock.
    pub back_when_open: GlobalSignal<bool>,
}

impl App {
    /// Creates the state. `store` is `None` where the browser stores nothing.
    #[must_use]
    pub fn new(content: &'static Content, route: Route, store: Option<DeviceStore>) -> Self {
        let (settings_store, settings) = SettingsStore::read(store);
        let session = Session::new(store, &content.tools);
        let bank = GlobalSignal::new(None);
        // The session notifies when an own question changed.
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
            turned: GlobalSignal::new(None),
            language: GlobalSignal::new(0),
            hiding: GlobalSignal::new(false),
            back_when_open: GlobalSignal::new(false),
        }
    }

    /// The question bank with the worker's own questions, built when it is first needed and after an own question
    /// changed.
    #[must_use]
    pub fn bank(self) -> Rc<Bank<'static>> {
        if let Some(bank) = &*self.bank.read() {
            return bank.clone();
        }
        let bank = Rc::new(Bank::new(self.content, &self.session.own_questions_untracked()));
        *self.bank.write_untracked() = Some(bank.clone());
        bank
    }

    /// Changes the settings and saves them; shows a message if they cannot be saved.
    pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings.write());
        let kept = self.settings_store.keep(&self.settings.read_untracked());
        if let Err(why) = kept {
            self.say(why.in_words());
        }
    }

    /// Shows a message until it is closed or the page is left.
    pub fn say(self, text: impl Into<String>) {
        self.toast.set(Some(Toast { text: text.into(), act: None, arriving: false }));
    }

    /// Removes records and offers to undo that, until the next page is left.
    pub fn remove_with_undo(self, text: &str, records: Vec<Record>) {
        records.iter().for_each(|record| self.session.remove(record));
        self.say_with_undo(text, records);
    }

    /// Shows a message that offers to put these records back as they were, until the next page is left.
    pub fn say_with_undo(self, text: &str, records: Vec<Record>) {
        let undo: Rc<dyn Fn()> = Rc::new(move || {
            records.iter().cloned().for_each(|record| self.session.put(record));
            self.toast.set(None);
        });
        self.toast.set(Some(Toast { text: text.to_owned(), act: Some((t::undo(), undo)), arriving: true }));
    }

    /// Handles a change of the address.
    pub fn arrive(self, route: Route) {
        if self.turned.read_untracked().is_some() {
            // Nothing else is shown until the phone is given back.
            if route != Route::Together {
                history::instead(&Route::Together);
            }
            return;
        }
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
        // Typing on the page that was left is finished.
        self.session.flush_now();
    }

    /// Turns the phone to the parent: locks, and shows nothing but this tool.
    pub fn turn(self, to: ToTurn, texts: &'static Texts, dutch: &'static Texts) {
        if self.turned.read_untracked().is_some() {
            return;
        }
        let ToTurn { together, visit, back, shown } = to;
        let tool = match together {
            Together::Tool(tool) => &tool.id,
            Together::Introduction => INTRODUCTION,
        };
        let blank = |id| ParentAnswers { id, visit, tool: tool.to_owned(), ..Default::default() };
        let Some((turning, blank)) = self.session.turn(blank) else { return self.say(t::not_turned()) };
        let language = LANGUAGES.get(*self.language.read_untracked()).copied().unwrap_or(LANGUAGES[0]);
        let keep = Box::new(move |answers: &ParentAnswers| turning.keep(answers).is_ok());
        self.turned.set(Some(Rc::new(Turned { together, language, texts, dutch, shown, blank, keep, back })));
        self.route.set(Route::Together);
        history::instead(&Route::Together);
    }

    /// Ends what [`Self::turn`] began. The vault stays locked.
    pub fn turn_back(self) {
        if let Some(turned) = self.turned.get_untracked() {
            self.turned.set(None);
            history::instead(&turned.back);
        }
    }

    /// Locks, unless unsaved text would be lost; shows a message in that case.
    pub fn lock(self) {
        if !self.locked() {
            self.say(t::not_locked());
        }
    }

    /// Locks, unless unsaved text would be lost. Returns whether it locked.
    fn locked(self) -> bool {
        let locked = self.session.lock();
        if locked {
            self.hiding.set(false);
        }
        locked
    }

    /// Clears state that may hold private text.
    pub fn forget(self) {
        self.toast.set(None);
        self.looking.set(Looking::default());
        self.choosing.set(Looking::default());
        self.beside.set(None);
    }

    /// Locks and shows the principle of the day in place of the page. If there is unsaved text that cannot be
    /// saved, the text stays in memory and on its page, and the vault locks once it is saved.
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

    /// Erases everything that the app stores on this device and, if `itself` is set, the app that is cached for
    /// offline use. Returns whether everything is gone.
    pub async fn erase(self, itself: bool) -> bool {
        let gone = self.session.erase().await;
        self.settings.set(Settings::default());
        if itself {
            updates::forget().await;
        }
        gone
    }

    /// Continues an erasure that was interrupted.
    pub fn finish_erasing(self) {
        if self.session.is_erasing() {
            task::spawn(async move {
                // Not the cached app: it is being checked for an update.
                self.erase(false).await;
            });
        }
    }

    /// Handles the page being hidden or shown, and time passing.
    pub fn presence(self, presence: Presence) {
        match presence {
            Presence::Leaving => self.session.flush_now(),
            Presence::Hidden => {
                // First, because the picture for the list of open apps may be taken at any moment.
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

    /// Handles a change of storage by another tab.
    pub fn changed_elsewhere(self, key: Option<&str>) {
        let of_settings = key == Some(naast_vault::settings::KEY);
        if (of_settings || key.is_none())
            && let Some(settings) = self.settings_store.again()
        {
            self.settings.set(settings);
        }
        if key.is_some_and(|key| self.session.is_turned_elsewhere(key)) && !self.locked() {
            self.hiding.set(true);
        }
        if !of_settings {
            self.session.changed_elsewhere(key);
        }
    }

    /// Saves what was typed and applies the update, unless unsaved text would be lost.
    pub fn apply_update(self) {
        self.session.flush_now();
        if self.session.has_unsaved() {
            self.say(t::not_updated());
        } else {
            task::spawn(updates::apply());
        }
    }

    /// Whether this worker sees a question as an ordinary card. A safety question is not one for a worker who goes
    /// to the coordinator first: it has a page of its own and is in no list that was not asked for.
    #[must_use]
    pub fn may_see(self, question: &Question) -> bool {
        question.audience == Audience::Everyone || !self.settings.read().role.coordinator_first()
    }
}

/// What the user can do when saving failed.
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
