//! Forgetting people, and who looked at personal data.

pub(super) mod disclosures;
pub(super) mod forget;
