//! Signals: of the whole app ([`GlobalSignal`]), of one screen ([`LocalSignal`]), and derived from
//! others ([`Memo`]).
//!
//! A Leptos `ArcTrigger` notifies subscribers; the value itself is in an ordinary cell. A Leptos signal
//! generates some 3 kB of code for each type of value, and the app has some twenty types
//! (`docs/decisions/views-as-data.md`).

use std::any::Any;
use std::cell::{Ref, RefCell, RefMut};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use leptos::prelude::{ArcTrigger, GetValue, LocalStorage, Notify, StoredValue, Track, UpdateValue};
#[cfg(target_family = "wasm")]
use leptos::prelude::{Owner, RenderEffect};

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

/// State of one screen. It is disposed of with the owner under which it was created: after that it reads
/// as the default, and setting it does nothing.
pub struct LocalSignal<T: 'static> {
    slot: StoredValue<Slot, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

/// A value without its type, so that Leptos' arena is compiled for one type only.
#[derive(Clone)]
struct Slot {
    value: Rc<dyn Any>,
    changed: ArcTrigger,
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
        let slot = Slot { value: Rc::new(value), changed: ArcTrigger::new() };
        Self { slot: StoredValue::new_local(slot), of: PhantomData }
    }

    /// The value; subscribes to it.
    #[must_use]
    pub fn read(self) -> Rc<T> {
        if let Some(slot) = self.slot.try_get_value() {
            slot.changed.track();
        }
        self.read_untracked()
    }

    /// The value, without subscribing.
    #[must_use]
    pub fn read_untracked(self) -> Rc<T> {
        self.slot.try_get_value().and_then(|slot| slot.value.downcast().ok()).unwrap_or_default()
    }

    /// Replaces the value and notifies subscribers.
    pub fn set(self, value: T) {
        // The old value is dropped outside the arena: it may hold signals itself.
        let value: Rc<dyn Any> = Rc::new(value);
        let replaced =
            self.slot.try_update_value(|slot| (std::mem::replace(&mut slot.value, value), slot.changed.clone()));
        if let Some((old, changed)) = replaced {
            drop(old);
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
