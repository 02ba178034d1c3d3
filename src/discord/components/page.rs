//! The buttons that turn the pages of a list.

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateButton, CreateInteractionResponse,
    CreateInteractionResponseMessage,
};

use super::super::bot::Bot;
use super::super::commands::page_of_orders;
use super::super::error::Error;
use super::{CUSTOM_ID, Person};
use crate::checkout::Status;
use crate::ids::UserId;

/// What the ids of the buttons that turn pages begin with; a changed layout takes a new word.
const PAGE: &str = "orders1";

/// A page of a list of orders, as the buttons carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Page {
    /// Who asked; nobody else may turn it.
    pub(in super::super) user: UserId,
    /// Orders a page, at most 25.
    pub(in super::super) limit: u32,
    /// Orders before this page.
    pub(in super::super) offset: u32,
    /// Only this status.
    pub(in super::super) status: Option<Status>,
    /// Only this store.
    pub(in super::super) store: Option<String>,
}

impl Page {
    /// The page as an id; the store comes last, since it may hold anything.
    fn custom_id(&self) -> String {
        let Self { user, limit, offset, status, store } = self;
        let status = status.map_or("", Status::as_str);
        format!("{PAGE}|{user}|{limit}|{offset}|{status}|{}", store.as_deref().unwrap_or_default())
    }

    pub(super) fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.splitn(6, '|');
        if parts.next()? != PAGE {
            return None;
        }
        let user = parts.next()?.parse().ok()?;
        let limit = parts.next()?.parse().ok().filter(|limit| (1..=25).contains(limit))?;
        let offset = parts.next()?.parse().ok()?;
        let status = match parts.next()? {
            "" => None,
            word => Some(word.parse().ok()?),
        };
        let store = Some(parts.next()?).filter(|store| !store.is_empty()).map(str::to_owned);
        Some(Self { user, limit, offset, status, store })
    }

    fn at(&self, offset: u32) -> Self {
        Self { offset, ..self.clone() }
    }

    /// The buttons to the pages before and after; none where all fits on one page.
    pub(in super::super) fn buttons(&self, count: i64) -> Vec<CreateActionRow> {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        if count <= self.limit {
            return Vec::new();
        }
        let before = self.at(self.offset.saturating_sub(self.limit)).custom_id();
        let after = self.at(self.offset.saturating_add(self.limit)).custom_id();
        if before.chars().count() > CUSTOM_ID || after.chars().count() > CUSTOM_ID {
            return Vec::new();
        }
        let button = |id: String, label: &str, off: bool| {
            CreateButton::new(id).label(label).style(ButtonStyle::Secondary).disabled(off)
        };
        let last = self.offset.saturating_add(self.limit) >= count;
        vec![CreateActionRow::Buttons(vec![
            button(before, "◀ Newer", self.offset == 0),
            button(after, "Older ▶", last),
        ])]
    }
}

/// Shows another page to the person who asked for the list.
pub(super) async fn turn(
    bot: &Bot,
    who: &Person<'_>,
    page: &Page,
) -> Result<CreateInteractionResponse, Error> {
    if page.user != who.user {
        let whose = "This list was made for somebody else. Make your own with /orders recent.";
        return Err(Error::User(whose.to_owned()));
    }
    let (embed, buttons) = page_of_orders(bot, who.guild, page).await?;
    Ok(CreateInteractionResponse::UpdateMessage(
        CreateInteractionResponseMessage::new()
            .embed(embed)
            .components(buttons)
            .allowed_mentions(CreateAllowedMentions::new()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page {
            user: UserId(9),
            limit: 10,
            offset: 20,
            status: Some(Status::Shipped),
            store: Some("A|B".to_owned()),
        }
    }

    #[test]
    fn a_page_survives_the_way_through_its_button() {
        assert_eq!(Page::parse(&page().custom_id()), Some(page()));
        let plain = Page { status: None, store: None, ..page() };
        assert_eq!(Page::parse(&plain.custom_id()), Some(plain));
    }

    #[test]
    fn garbage_is_no_page() {
        for garbage in ["", "orders1", "orders1|x|10|0||", "orders1|9|99|0||", "other|9|10|0||"] {
            assert_eq!(Page::parse(garbage), None, "{garbage}");
        }
    }

    #[test]
    fn one_page_has_no_buttons() {
        assert!(page().buttons(10).is_empty());
        assert_eq!(page().buttons(31).len(), 1);
    }
}
