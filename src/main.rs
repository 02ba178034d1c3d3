//! The command line of refract-ledger.

fn main() {}
