//! A place for one value, which a stronger label may take over.

use crate::reading::labels::Strength;

/// A value and how strong the label was that gave it.
#[derive(Debug, Clone)]
pub(crate) struct Slot<T> {
    held: Option<(Strength, T)>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { held: None }
    }
}

impl<T> Slot<T> {
    /// Takes a value from a stronger label than before; among equals the first one stays.
    pub(crate) fn offer(&mut self, strength: Strength, value: impl FnOnce() -> Option<T>) {
        if self.held.as_ref().is_some_and(|(held, _)| *held >= strength) {
            return;
        }
        if let Some(value) = value() {
            self.held = Some((strength, value));
        }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.held.as_ref().map(|(_, value)| value)
    }

    pub(crate) fn is_filled(&self) -> bool {
        self.held.is_some()
    }

    pub(crate) fn take(self) -> Option<T> {
        self.held.map(|(_, value)| value)
    }
}
