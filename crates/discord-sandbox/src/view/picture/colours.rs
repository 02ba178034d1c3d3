//! The colours of Discord's dark look.

/// Text.
pub(super) const INK: &str = "#dbdee1";
/// Text that matters less.
pub(super) const FAINT: &str = "#949ba4";
/// The accent.
pub(super) const BLURPLE: &str = "#5865f2";
