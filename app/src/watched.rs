//! State that views follow: of the whole app ([`Watched`]), of one screen ([`Local`]), and what
//! follows from either ([`Derived`]).
//!
//! One Leptos [`ArcTrigger`] says that a value changed; the value itself lies in a plain
//! cell. A Leptos signal would do the same with some 3 kB of code for every type of
//! value, and there are a dozen.

use std::any::Any;
use std::cell::{Ref, RefCell, RefMut};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use leptos::prelude::{ArcTrigger, Notify, Owner, Track};

/// A value that lives as long as the page, and says when it changed. Only for state of
/// the whole app: it is never freed.
pub struct Watched<T: 'static>(&'static Inner<T>);

struct Inner<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

impl<T> Watched<T> {
    /// A value to watch.
    pub fn new(value: T) -> Self {
        Self(Box::leak(Box::new(Inner { value: RefCell::new(value), changed: ArcTrigger::new() })))
    }

    /// The value; whoever reads it here follows it. Hold it briefly: while it is held
    /// the value cannot be changed.
    pub fn read(self) -> Ref<'static, T> {
        self.0.changed.track();
        self.0.value.borrow()
    }

    /// The value, without following it.
    pub fn read_untracked(self) -> Ref<'static, T> {
        self.0.value.borrow()
    }

    /// The value to change; who follows it hears of it when this is dropped.
    pub fn write(self) -> Writing<T> {
        Writing { value: self.0.value.borrow_mut(), _told: Tell(&self.0.changed) }
    }

    /// The value to change in a way that shows nowhere.
    pub fn write_untracked(self) -> RefMut<'static, T> {
        self.0.value.borrow_mut()
    }

    /// Puts another value in its place.
    pub fn set(self, value: T) {
        *self.write() = value;
    }
}

impl<T: Clone> Watched<T> {
    /// A copy of the value; whoever asks for it here follows it.
    pub fn get(self) -> T {
        self.read().clone()
    }

    /// A copy of the value, without following it.
    pub fn get_untracked(self) -> T {
        self.read_untracked().clone()
    }
}

/// A value being changed.
pub struct Writing<T: 'static> {
    // In this order: first the value is let go, for who hears of it may look at once.
    value: RefMut<'static, T>,
    _told: Tell,
}

/// Says that a value changed, when dropped.
struct Tell(&'static ArcTrigger);

impl Drop for Tell {
    fn drop(&mut self) {
        self.0.notify();
    }
}

impl<T> Deref for Writing<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Writing<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

thread_local! {
    /// What the screens hold, without its type, for the same reason as above. Leptos has an arena for
    /// this too; for what stays on one thread that one asks at every turn which thread it is, and
    /// the answer needs a second allocator: 3 kB.
    static HELD: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
}

struct Slot {
    /// Which value it holds: one more with every new one.
    turn: u32,
    value: Option<Rc<dyn Any>>,
    changed: ArcTrigger,
}

/// A value that lives as long as the owner it was made under.
#[derive(Clone, Copy)]
struct Held {
    at: usize,
    turn: u32,
}

impl Held {
    fn new(value: Rc<dyn Any>) -> Self {
        let held = HELD.with_borrow_mut(|slots| {
            let free = slots.iter().position(|slot| slot.value.is_none());
            let turn = free.map_or(0, |at| slots[at].turn.wrapping_add(1));
            let slot = Slot { turn, value: Some(value), changed: ArcTrigger::new() };
            let at = free.unwrap_or(slots.len());
            match slots.get_mut(at) {
                Some(free) => *free = slot,
                None => slots.push(slot),
            }
            Self { at, turn }
        });
        Owner::on_cleanup(move || drop(held.replace(None)));
        held
    }

    /// Its slot, as long as it lives.
    fn slot(self, slots: &[Slot]) -> Option<&Slot> {
        slots.get(self.at).filter(|slot| slot.turn == self.turn && slot.value.is_some())
    }

    fn get(self) -> Option<Rc<dyn Any>> {
        HELD.with_borrow(|slots| self.slot(slots)?.value.clone())
    }

    fn changed(self) -> Option<ArcTrigger> {
        HELD.with_borrow(|slots| Some(self.slot(slots)?.changed.clone()))
    }

    /// Gives what was there, to be dropped where nothing is borrowed: it may hold values itself.
    fn replace(self, value: Option<Rc<dyn Any>>) -> Option<Rc<dyn Any>> {
        HELD.with_borrow_mut(|slots| {
            let slot = slots.get_mut(self.at).filter(|slot| slot.turn == self.turn)?;
            std::mem::replace(&mut slot.value, value)
        })
    }
}

/// State of one screen, gone with it: what asks for it later gets the default, what sets it
/// later does nothing.
pub struct Local<T: 'static> {
    held: Held,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Local<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Local<T> {}

impl<T: Default> Local<T> {
    /// State, for as long as the present owner.
    pub fn new(value: T) -> Self {
        Self { held: Held::new(Rc::new(value)), of: PhantomData }
    }

    /// The value; the view that reads it follows it.
    pub fn read(self) -> Rc<T> {
        if let Some(changed) = self.held.changed() {
            changed.track();
        }
        self.read_untracked()
    }

    /// The value, without following it.
    pub fn read_untracked(self) -> Rc<T> {
        self.held.get().and_then(|value| value.downcast().ok()).unwrap_or_default()
    }

    /// Puts another value in its place.
    pub fn set(self, value: T) {
        if let Some(changed) = self.held.changed() {
            drop(self.held.replace(Some(Rc::new(value))));
            changed.notify();
        }
    }
}

impl<T: Clone + Default> Local<T> {
    /// A copy of the value; the view that asks follows it.
    pub fn get(self) -> T {
        (*self.read()).clone()
    }

    /// A copy of the value, without following it.
    pub fn get_untracked(self) -> T {
        (*self.read_untracked()).clone()
    }
}

/// A value that follows from others, for views to follow in turn.
///
/// It catches up after the change that caused it, so it cannot be asked outside a view: what
/// handles a touch or a keystroke asks the state itself.
pub struct Derived<T: 'static>(Local<T>);

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T: Default> Derived<T> {
    /// The value; the view that reads it follows it.
    pub fn read(self) -> Rc<T> {
        self.0.read()
    }
}

impl<T: Clone + Default> Derived<T> {
    /// A copy of the value; the view that asks follows it.
    pub fn get(self) -> T {
        self.0.get()
    }
}

/// A value that follows from others, and changes only when it comes out differently.
pub fn derived<T: Default + PartialEq + 'static>(make: impl Fn() -> T + 'static) -> Derived<T> {
    let local = Local::new(T::default());
    crate::node::follow(Box::new(move || {
        let now = make();
        if *local.read_untracked() != now {
            local.set(now);
        }
    }));
    Derived(local)
}
