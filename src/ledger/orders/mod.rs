//! Reading orders: lists, searches, figures, and one of them whole.

pub(super) mod all;
pub(super) mod board_figures;
pub(super) mod filter;
pub(super) mod list;
pub(super) mod row;
pub(super) mod rows;
pub(super) mod saved_queries;
pub(super) mod search;
pub(super) mod stats;
pub(super) mod suggest;
pub(super) mod totals;
