//! Forgetting people, taking out what older versions let through, and who looked at personal data.

pub(super) mod cleaning;
pub(super) mod disclosures;
pub(super) mod due_edits;
pub(super) mod forget;
pub(super) mod traces;
