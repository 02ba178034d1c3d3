//! A place for one value, which a stronger label may take over.

use super::labels::Strength;

/// A value and how strong the label was that gave it.
#[derive(Debug, Clone)]
pub(super) struct Slot<T> {
    held: Option<(Strength, T)>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { held: None }
    }
}

impl<T> Slot<T> {
    /// Takes a value from a stronger label than before; among equals the first one stays.
    pub(super) fn offer(&mut self, strength: Strength, value: impl FnOnce() -> Option<T>) {
        if self.held.as_ref().is_some_and(|(held, _)| *held >= strength) {
            return;
        }
        if let Some(value) = value() {
            self.held = Some((strength, value));
        }
    }

    pub(super) fn get(&self) -> Option<&T> {
        self.held.as_ref().map(|(_, value)| value)
    }

    pub(super) fn is_filled(&self) -> bool {
        self.held.is_some()
    }

    pub(super) fn take(self) -> Option<T> {
        self.held.map(|(_, value)| value)
    }
}
