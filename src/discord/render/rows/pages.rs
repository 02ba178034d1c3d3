//! The pages of a list: which one is shown, and the buttons to those beside it.

use serenity::all::CreateActionRow;

use super::{button, buttons};
use crate::count::{grouped, page_start};
use crate::discord::render::custom_id::CustomId;

/// A page, and the list that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Entries before the page.
    pub(crate) offset: u32,
    /// Entries of a page.
    limit: u32,
    /// Entries of the list.
    pub(crate) all: u32,
}

impl Shown {
    /// The page behind so many entries. Where the list has ended before it since, the last one.
    pub(crate) fn new(offset: u32, limit: u32, all: impl TryInto<u32>) -> Self {
        let (limit, all) = (limit.max(1), all.try_into().unwrap_or(u32::MAX));
        Self { offset: page_start(offset, limit, all), limit, all }
    }

    /// Which page of how many; `None` where there is one alone.
    pub(crate) fn words(self) -> Option<String> {
        let (page, pages) = (self.offset / self.limit + 1, self.all.div_ceil(self.limit));
        (pages > 1).then(|| format!("page {} of {}", grouped(page), grouped(pages)))
    }

    /// The buttons to the page before and the one after, with these labels; `None` where there is one page alone.
    pub(crate) fn buttons(
        self,
        [before, after]: [&str; 2],
        id: impl Fn(u32) -> CustomId,
    ) -> Option<CreateActionRow> {
        let to = |offset, label, leads: bool| button(&id(offset), label).disabled(!leads);
        let next = self.offset.saturating_add(self.limit);
        let row = || {
            buttons(vec![
                to(self.offset.saturating_sub(self.limit), before, self.offset > 0),
                to(next, after, next < self.all),
            ])
        };
        (self.all > self.limit).then(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_beyond_the_end_is_the_last() {
        let page = |offset, all: u32| {
            let shown = Shown::new(offset, 10, all);
            (shown.offset, shown.words().unwrap_or_default())
        };
        assert_eq!(page(10, 21), (10, "page 2 of 3".to_owned()));
        assert_eq!(page(20, 20), (10, "page 2 of 2".to_owned()));
        assert_eq!(page(u32::MAX, 11), (10, "page 2 of 2".to_owned()));
        assert_eq!(page(10, 10), (0, String::new()));
        assert_eq!(page(10, 0), (0, String::new()));
    }
}
