//! Signals: of the whole app ([`GlobalSignal`]), of one screen ([`LocalSignal`]), and derived from
//! others ([`Memo`]).
//!
//! A Leptos `ArcTrigger` notifies subscribers; the value itself is in an ordinary cell. A Leptos signal
//! generates some 3 kB of code for each type of value, and the app has some twenty types. Leptos' arena for
//! values of one thread checks the thread at each access, which links a second allocator: 4 kB
//! (`docs/decisions/views-as-data.md`).

use std::any::Any;
use std::cell::{Ref, RefCell, RefMut};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

#[cfg(target_family = "wasm")]
use leptos::prelude::RenderEffect;
use leptos::prelude::{ArcTrigger, Notify, Owner, Track};

/// State of the whole app. It lives as long as the page and is never freed.
pub struct GlobalSignal<T: 'static>(&'static Inner<T>);

struct Inner<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> Clone for GlobalSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for GlobalSignal<T> {}

impl<T> GlobalSignal<T> {
    /// Creates a signal. Call it once for each piece of state: its memory is leaked.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(Box::leak(Box::new(Inner { value: RefCell::new(value), changed: ArcTrigger::new() })))
    }

    /// Borrows the value and subscribes to it.
    ///
    /// # Panics
    /// While it is borrowed by [`write`](Self::write). Hold the guard briefly.
    #[must_use]
    pub fn read(self) -> Ref<'static, T> {
        self.0.changed.track();
        self.0.value.borrow()
    }

    /// Borrows the value without subscribing.
    ///
    /// # Panics
    /// As [`read`](Self::read).
    #[must_use]
    pub fn read_untracked(self) -> Ref<'static, T> {
        self.0.value.borrow()
    }

    /// Borrows the value to change it; subscribers are notified when the guard is dropped.
    ///
    /// # Panics
    /// While it is borrowed.
    #[must_use]
    pub fn write(self) -> WriteGuard<T> {
        WriteGuard { value: self.0.value.borrow_mut(), _notify: NotifyOnDrop(&self.0.changed) }
    }

    /// Borrows the value to change it without notifying anyone.
    ///
    /// # Panics
    /// While it is borrowed.
    #[must_use]
    pub fn write_untracked(self) -> RefMut<'static, T> {
        self.0.value.borrow_mut()
    }

    /// Replaces the value and notifies subscribers.
    pub fn set(self, value: T) {
        *self.write() = value;
    }
}

impl<T: Clone> GlobalSignal<T> {
    /// Clones the value and subscribes to it.
    #[must_use]
    pub fn get(self) -> T {
        self.read().clone()
    }

    /// Clones the value without subscribing.
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.read_untracked().clone()
    }
}

/// Borrow of a [`GlobalSignal`] that notifies its subscribers when dropped.
pub struct WriteGuard<T: 'static> {
    // Fields are dropped in this order: the value is free again before subscribers read it.
    value: RefMut<'static, T>,
    _notify: NotifyOnDrop,
}

struct NotifyOnDrop(&'static ArcTrigger);

impl Drop for NotifyOnDrop {
    fn drop(&mut self) {
        self.0.notify();
    }
}

impl<T> Deref for WriteGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for WriteGuard<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

thread_local! {
    /// The values of all local signals, without their types, so that the arena is compiled once.
    static ARENA: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
}

struct Slot {
    /// Increases each time the slot is reused: a handle of an earlier value does not find the new one.
    generation: u32,
    /// `None` when the slot is free.
    value: Option<Rc<dyn Any>>,
    changed: ArcTrigger,
}

/// The place of a value in the arena.
#[derive(Clone, Copy)]
struct Handle {
    index: usize,
    generation: u32,
}

impl Handle {
    /// Stores a value until the current owner is disposed of.
    fn new(value: Rc<dyn Any>) -> Self {
        let handle = ARENA.with_borrow_mut(|slots| {
            let free = slots.iter().position(|slot| slot.value.is_none());
            let generation = free.map_or(0, |index| slots[index].generation.wrapping_add(1));
            let slot = Slot { generation, value: Some(value), changed: ArcTrigger::new() };
            let index = free.unwrap_or(slots.len());
            match slots.get_mut(index) {
                Some(free) => *free = slot,
                None => slots.push(slot),
            }
            Self { index, generation }
        });
        Owner::on_cleanup(move || drop(handle.replace(None)));
        handle
    }

    /// The value and its trigger, until it is disposed of.
    fn get(self) -> Option<(Rc<dyn Any>, ArcTrigger)> {
        ARENA.with_borrow(|slots| {
            let slot = slots.get(self.index).filter(|slot| slot.generation == self.generation)?;
            Some((slot.value.clone()?, slot.changed.clone()))
        })
    }

    /// Replaces the value, and returns the old one to be dropped outside the arena: it may hold signals.
    fn replace(self, value: Option<Rc<dyn Any>>) -> Option<Rc<dyn Any>> {
        ARENA.with_borrow_mut(|slots| {
            let slot = slots.get_mut(self.index).filter(|slot| slot.generation == self.generation)?;
            std::mem::replace(&mut slot.value, value)
        })
    }
}

/// State of one screen. It is disposed of with the owner under which it was created: after that it reads
/// as the default, and setting it does nothing.
pub struct LocalSignal<T: 'static> {
    handle: Handle,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for LocalSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for LocalSignal<T> {}

impl<T: Default> LocalSignal<T> {
    /// Creates a signal under the current owner.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { handle: Handle::new(Rc::new(value)), of: PhantomData }
    }

    /// The value; subscribes to it.
    #[must_use]
    pub fn read(self) -> Rc<T> {
        if let Some((_, changed)) = self.handle.get() {
            changed.track();
        }
        self.read_untracked()
    }

    /// The value, without subscribing.
    #[must_use]
    pub fn read_untracked(self) -> Rc<T> {
        self.handle.get().and_then(|(value, _)| value.downcast().ok()).unwrap_or_default()
    }

    /// Replaces the value and notifies subscribers.
    pub fn set(self, value: T) {
        if let Some((_, changed)) = self.handle.get() {
            drop(self.handle.replace(Some(Rc::new(value))));
            changed.notify();
        }
    }
}

impl<T: Clone + Default> LocalSignal<T> {
    /// Clones the value and subscribes to it.
    #[must_use]
    pub fn get(self) -> T {
        (*self.read()).clone()
    }

    /// Clones the value without subscribing.
    #[must_use]
    pub fn get_untracked(self) -> T {
        (*self.read_untracked()).clone()
    }
}

/// A value derived from signals, for views to read.
///
/// It is brought up to date by an effect, so after a change of its sources it is stale until effects have
/// run. Therefore it can only be read in a view; event handlers read the sources.
pub struct Memo<T: 'static>(LocalSignal<T>);

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T: Default> Memo<T> {
    /// The value; subscribes to it.
    #[must_use]
    pub fn read(self) -> Rc<T> {
        self.0.read()
    }
}

impl<T: Clone + Default> Memo<T> {
    /// Clones the value and subscribes to it.
    #[must_use]
    pub fn get(self) -> T {
        self.0.get()
    }
}

/// Creates a [`Memo`], which notifies its subscribers only when the value differs from the one before.
pub fn memo<T: Default + PartialEq + 'static>(compute: impl Fn() -> T + 'static) -> Memo<T> {
    let signal = LocalSignal::new(T::default());
    effect(move || {
        let value = compute();
        if *signal.read_untracked() != value {
            signal.set(value);
        }
    });
    Memo(signal)
}

/// Runs a closure now, and again whenever a signal that it read changes, until the current owner is
/// disposed of. Outside a browser it runs once.
pub fn effect(run: impl Fn() + 'static) {
    #[cfg(target_family = "wasm")]
    {
        let effect = RenderEffect::new(move |_| run());
        Owner::on_cleanup(move || drop(effect));
    }
    #[cfg(not(target_family = "wasm"))]
    run();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_signal_is_disposed_of_with_its_owner() {
        let owner = Owner::new();
        let name = owner.with(|| LocalSignal::new("Vos".to_owned()));
        assert_eq!(name.get_untracked(), "Vos");
        name.set("Uil".to_owned());
        assert_eq!(name.get_untracked(), "Uil");
        owner.cleanup();
        assert_eq!(name.get_untracked(), "");
        let next = Owner::new();
        let other = next.with(|| LocalSignal::new("Das".to_owned()));
        name.set("Ree".to_owned());
        assert_eq!((name.get_untracked(), other.get_untracked()), (String::new(), "Das".to_owned()));
    }

    #[test]
    fn a_value_may_be_read_by_what_its_change_drops() {
        #[derive(Default)]
        struct ReadsOnDrop(Option<LocalSignal<u8>>);
        impl Drop for ReadsOnDrop {
            fn drop(&mut self) {
                let _ = self.0.map(LocalSignal::get_untracked);
            }
        }
        Owner::new().with(|| {
            let number = LocalSignal::new(1);
            let holder = LocalSignal::new(ReadsOnDrop(Some(number)));
            holder.set(ReadsOnDrop(None));
        });
    }
}
